"""Text files with delimiters: which delimiter, which quotes are meant, which cell belongs to which column."""
