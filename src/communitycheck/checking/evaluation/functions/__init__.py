"""The arithmetic of a record's functions, over whole columns: numbers with bounds, truths of three values."""
