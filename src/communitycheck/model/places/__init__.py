"""Regions and the names of places: how they end, how they are compared, the tree that they make."""
