"""Lint: what a standard calls by a name that something else has, or nearly has."""
