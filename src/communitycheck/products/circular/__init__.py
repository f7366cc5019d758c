"""The circular (通报) that an office sends after a check."""
