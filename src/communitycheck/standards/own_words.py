"""A rule's own message and advice: what they name in braces must be something that a verdict has."""

from __future__ import annotations

from communitycheck.model.standard import PLACEHOLDERS
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.patterns import pattern
from communitycheck.standards.files.shape_parts import TextIn
from communitycheck.standards.raw_rule import RawRule

_BRACES = pattern(r"\{([^{}]*)\}")


def own_words(raw: RawRule, key: str) -> Text | None:
    """The text behind ``key`` in both languages, if there is one.

    Raises:
        RuleFileError: it names something else in braces, or a brace stands alone.
    """
    body: TextIn | None = getattr(raw.body, key)
    if body is None:
        return None
    listed = ", ".join(f"{{{one}}}" for one in PLACEHOLDERS)
    for text in (body.zh, body.en):
        for name in _BRACES.findall(text):
            if name not in PLACEHOLDERS:
                near = nearest(name, PLACEHOLDERS)
                raise raw.fault("rule-placeholder", key, found=f"{{{name}}}", near=near and f"{{{near}}}", known=listed)
        if alone := next((c for c in _BRACES.sub("", text) if c in "{}"), ""):
            raise raw.fault("rule-placeholder", key, found=alone, near="", known=listed)
    return Text(body.zh, body.en)


def explainable_of(raw: RawRule) -> bool:
    """Whether a fail may be excused by what the return says of it itself.

    Raises:
        RuleFileError: the rule is not an expected one, or judges regions as a whole, which have no row of their own.
    """
    severity = raw.body.severity
    if not raw.body.explainable:
        return False
    if raw.body.by:
        raise raw.fault("rule-explainable-group", "explainable")
    of_classes = [one.value for one in severity] if isinstance(severity, list) else [severity]
    if "expected" not in of_classes:
        raise raw.fault("rule-explainable", "explainable")
    return True
