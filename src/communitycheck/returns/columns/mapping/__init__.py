"""What a mapping says of tables, and a table read by it."""
