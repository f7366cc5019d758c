"""communitycheck: judge what communities report against the planning standards that governments publish."""

__version__ = "0.1.0"
