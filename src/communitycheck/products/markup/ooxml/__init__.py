"""Office Open XML edited in place: what is not touched stays byte for byte."""
