"""A copy of a return with its cells at fault coloured and commented."""
