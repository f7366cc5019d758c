"""Whole columns of text -> typed columns: each different text is read once, plain numbers all together."""
