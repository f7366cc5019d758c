"""Many files -> Returns: taken from a cache or read, by one process or several."""
