"""What is said of the standing of things: not built yet, out of use, given up, planned."""
