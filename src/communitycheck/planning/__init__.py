"""From verdicts to a plan: what has to be added, and where. Pure functions over results and tables."""
