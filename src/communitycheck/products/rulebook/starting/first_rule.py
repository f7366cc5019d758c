"""A rule by example, as people say it (``综合服务设施面积 不低于 400 平方米``) -> the keys of a rule file."""

from __future__ import annotations

import unicodedata

from msgspec import Struct

from communitycheck.errors import ExpressionError, UsageError
from communitycheck.messages import rule_words
from communitycheck.model.comparison import COMPARISONS
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.expression import Name, Node, names_in
from communitycheck.nearest import named
from communitycheck.standards.language.names import field_names, name_near, resolve_names
from communitycheck.standards.language.parse import parse

_SAID = sorted(
    (
        (word, key)
        for key, one in COMPARISONS.items()
        if one.operator and one.form == "limit"
        for word in (one.operator, key.replace("_", " "), *rule_words.KEYS.get(key, ()))
    ),
    key=lambda pair: -len(pair[0]),
)


class FirstRule(Struct, frozen=True):
    """What the rule asks; ``title`` is the label of the one field it reads, else the example."""

    title: str
    indicator: str
    comparison: str
    limit: str
    lever: str = ""


def first_rule(example: str, dictionary: Dictionary) -> FirstRule:
    """The rule that ``example`` means: a field or formula, a sign or word of comparison, and a limit.

    Raises:
        UsageError: no field of that name, with the nearest; or no comparison.
    """
    plain = unicodedata.normalize("NFKC", example.translate({0x2265: ">=", 0x2264: "<="})).strip()
    for word, key in _SAID:
        left, found, limit = plain.partition(word)
        if found and left.strip() and limit.strip():
            return _rule(left.strip(), COMPARISONS[key].key, limit.strip(), dictionary, example)
    if key := named(plain, field_names(dictionary.fields.values())):
        return _rule(key, "is", "true", dictionary, example)
    raise UsageError("new-rule-unclear", text=example, near=name_near(plain, dictionary))


def _rule(left: str, comparison: str, limit: str, dictionary: Dictionary, example: str) -> FirstRule:
    key = named(left, field_names(dictionary.fields.values()))
    try:
        node: Node = Name(key) if key else parse(left)
    except ExpressionError:
        raise UsageError("new-rule-unclear", text=example, near=name_near(left, dictionary)) from None
    resolved, unknown = resolve_names(node, dictionary, {}, {})
    if unknown:
        near = unknown[0].values.get("near", "")
        raise UsageError("new-rule-unclear", text=str(unknown[0].values["name"]), near=near)
    fields = [dictionary.fields[name] for name in names_in(resolved) if name in dictionary.fields]
    title = fields[0].label.zh if isinstance(resolved, Name) and fields else example
    lever = fields[0].key if fields and fields[0].is_number and comparison in ("at_least", "more_than") else ""
    indicator = resolved.name if isinstance(resolved, Name) else left
    return FirstRule(title, indicator, comparison, limit, lever if fields and fields[0].type != "truth" else "")
