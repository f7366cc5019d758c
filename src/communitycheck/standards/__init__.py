"""YAML -> Standard: strict shape, expressions, layering. What is built in comes compiled (``compiled/``)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from communitycheck.standards.book import RuleBook, load_rule_book
    from communitycheck.standards.dictionary import load_dictionary
    from communitycheck.standards.language.parse import parse
    from communitycheck.standards.language.quantities import parse_quantity

_HOMES = {
    "RuleBook": "book",
    "load_dictionary": "dictionary",
    "load_rule_book": "book",
    "parse": "language.parse",
    "parse_quantity": "language.quantities",
}
__all__ = ["RuleBook", "load_dictionary", "load_rule_book", "parse", "parse_quantity"]


def __getattr__(name: str) -> Any:
    # Where all standards of a run are built in, no file of rules is read.
    if name not in _HOMES:
        raise AttributeError(name)
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
