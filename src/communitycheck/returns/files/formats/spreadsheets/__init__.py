"""The other kinds of workbooks: xls, ods, xlsb. A file for each, which its reader process loads."""
