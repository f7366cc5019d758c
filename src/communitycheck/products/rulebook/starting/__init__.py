"""A rule file to begin with, its first rule and its cases: what `rules new` writes."""
