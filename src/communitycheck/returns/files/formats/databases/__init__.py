"""Databases: each table a sheet whose first row has the names of the columns, its rows named by their keys."""
