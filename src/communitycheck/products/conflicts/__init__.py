"""``conflicts``: the same subject, field and period with different values in two returns."""
