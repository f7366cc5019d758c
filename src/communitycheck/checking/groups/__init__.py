"""Rules over groups of records: sums, shares and means, with blanks kept as bounds."""
