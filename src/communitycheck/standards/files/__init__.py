"""YAML files as plain values, and the shapes that they may have."""
