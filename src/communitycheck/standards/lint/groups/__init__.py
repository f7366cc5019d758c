"""Lint: rules over groups of records, and aggregates in rules of single regions."""
