"""What returns of several periods say of one subject."""
