"""The words of the rule language, each with what it means: for ``rules help`` and for the page that lists them."""
