"""By how much a limit is missed, and what closes the gap."""
