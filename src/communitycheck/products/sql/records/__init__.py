"""The records of a table and the rules about single ones."""
