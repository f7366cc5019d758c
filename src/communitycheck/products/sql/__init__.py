"""A standard -> SQL views that give the same verdicts where the data lies, from the same expression nodes."""
