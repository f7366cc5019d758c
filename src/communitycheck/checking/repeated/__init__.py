"""Subjects that several records report: which records are of one subject, how they count together, what is said."""
