"""How returns were read, without being judged."""
