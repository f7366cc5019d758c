"""A spreadsheet of audit formulas -> a rule file."""
