"""Reports in a folder: a bundle for each region, or a file for each return. What writes a report in a format and what
marks up the returns is handed in, so that no product is needed for another."""
