"""Tables whose indicators run down the rows."""
