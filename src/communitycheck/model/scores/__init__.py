"""Assessment sheets: what a standard scores, and what scoring gives."""
