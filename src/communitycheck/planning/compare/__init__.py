"""Two runs held against each other: whose verdicts are of one subject, what became of each, and why."""
