"""YAML -> Standard: strict shape, expressions, layering."""

from communitycheck.standards.book import RuleBook, load_rule_book
from communitycheck.standards.dictionary import load_dictionary
from communitycheck.standards.language.parse import parse
from communitycheck.standards.language.quantities import parse_quantity

__all__ = ["RuleBook", "load_dictionary", "load_rule_book", "parse", "parse_quantity"]
