"""A folder of reports for each region, or a report for each return."""
