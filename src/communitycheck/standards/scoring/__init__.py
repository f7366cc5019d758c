"""Assessment sheets of a standard: shape -> model, with their faults."""
