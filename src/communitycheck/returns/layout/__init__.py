"""Where the tables lie in a grid: titles, header, records, totals, notes."""
