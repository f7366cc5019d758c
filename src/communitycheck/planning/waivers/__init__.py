"""Waivers held against the results of a run."""
