"""Sentences about returns, one file for each step of reading one."""
