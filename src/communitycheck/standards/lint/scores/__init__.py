"""Lint of assessment sheets."""
