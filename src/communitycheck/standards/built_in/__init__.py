"""What is built in, as it was compiled when the toolkit was made."""
