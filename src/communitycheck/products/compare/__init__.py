"""``compare`` and ``baseline``: what changed from one run to another, and what failed when somebody took stock."""
