"""Verdicts as lines of text, very many at a time: by the column, never one by one."""
