"""Text cells of matched columns -> a ``Table`` of values, ready to be judged."""
