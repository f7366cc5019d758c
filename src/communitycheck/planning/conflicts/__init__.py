"""What two returns of one period say differently of the same subjects, and what of them could not be held against each
other."""
