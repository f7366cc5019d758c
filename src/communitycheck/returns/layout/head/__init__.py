"""The head of a table: its titles, its header, and the rows of units and of numbers below that."""
