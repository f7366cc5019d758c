"""Plain data shared by every room: standards, returns, tables, results, reports. No input, no output."""
