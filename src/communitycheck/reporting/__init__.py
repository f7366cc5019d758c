"""Report -> text or bytes: what a report says in words, and one module for each format that draws it."""
