"""Where the commands put what they write, and what they say of it."""
