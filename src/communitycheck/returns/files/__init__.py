"""Files on disk -> grids of text: found, told apart, unpacked, read in processes of their own."""
