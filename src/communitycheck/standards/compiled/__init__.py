"""Standards that were compiled before: the built-in ones when the toolkit was made, others by an earlier run."""
