"""What looks wrong in rule files that do load."""
