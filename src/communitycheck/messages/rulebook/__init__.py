"""Sentences about the rule book, one file for each concept: cards of rules, the commands, the language."""
