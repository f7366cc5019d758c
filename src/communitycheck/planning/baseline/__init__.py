"""A baseline: the fails of one day, which later runs are held against, so that only new and worse ones count."""
