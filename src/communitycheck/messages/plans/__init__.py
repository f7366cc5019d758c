"""Sentences about standards, one file for each concept: their files, their rules, the language, lint."""
