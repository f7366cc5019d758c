"""One module for each family of file formats: bytes -> grids of text."""
