"""One verdict taken apart: its arithmetic, its cells, and what would make it pass."""
