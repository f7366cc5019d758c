"""The report as an Excel workbook, and the pieces of which workbooks are made."""
