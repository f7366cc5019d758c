"""Another limit: what it does to each subject, and how many pass at every limit."""
