"""Expressions of the rule language as SQL, with bounds and three truth values."""
