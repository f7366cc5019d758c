"""How far indicators have come from period to period, how fast they move, and whether their deadline will be met."""
