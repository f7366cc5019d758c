"""Columns of a table -> fields of the dictionary."""
