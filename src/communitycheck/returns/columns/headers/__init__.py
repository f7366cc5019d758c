"""Headers as written -> the names they could mean and the units they state."""
