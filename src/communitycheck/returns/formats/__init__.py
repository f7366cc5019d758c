"""One file per family of formats: bytes -> grids of text."""
