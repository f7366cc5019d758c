"""Can conditions hold together? Sets of values, bounds, exact sums of products, and what decides between them."""
