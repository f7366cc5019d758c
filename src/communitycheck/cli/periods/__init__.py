"""Commands over returns of several periods, or of several offices."""
