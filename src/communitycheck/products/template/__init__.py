"""A blank return to send out."""
