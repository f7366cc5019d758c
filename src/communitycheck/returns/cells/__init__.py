"""One cell of text -> a value, a bound, or a reason why not. Pure functions of the text; whole columns in ``cast``."""
