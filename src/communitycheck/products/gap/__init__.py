"""``communitycheck gap``: what has to be added so that what fails would pass, where, and in whom with least."""
