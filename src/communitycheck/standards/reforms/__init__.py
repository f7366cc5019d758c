"""Reforms: what a draft would change in standards that are there, laid on top of a copy of them as one more layer."""
