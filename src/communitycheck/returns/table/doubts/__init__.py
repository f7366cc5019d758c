"""What a table says of its own figures: those that it calls planned, not built yet or given up are none of today."""
