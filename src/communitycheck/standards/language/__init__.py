"""The expression language: its text parsed, and what an expression yields."""
