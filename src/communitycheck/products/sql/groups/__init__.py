"""Groups of records and the rules about them."""
