"""Headers and cells -> which column of a table carries which field."""
