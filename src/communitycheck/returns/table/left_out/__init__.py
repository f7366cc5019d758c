"""Rows that look like records and are judged by nobody: they name no one subject, or leave open whose they are."""
