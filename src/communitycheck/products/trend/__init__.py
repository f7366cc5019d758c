"""``trend``: returns of several periods, and whether what they measure will reach its target in time."""
