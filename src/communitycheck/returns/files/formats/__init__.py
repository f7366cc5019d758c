"""The formats of files that may be returns: ``registry.py`` lists them, each is one module."""
