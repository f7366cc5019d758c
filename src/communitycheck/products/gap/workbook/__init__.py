"""What has to be added as an Excel workbook: a sheet for each region, whose sums and roll-ups are live formulas."""
