"""Indicators evaluated: what names mean, expressions over columns, the outcome of the comparison, what is certain."""
