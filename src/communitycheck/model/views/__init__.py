"""A report as other tools show it: a data frame, and what a shell or a notebook prints."""
