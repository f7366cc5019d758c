"""Whose figures an audit book is about: communities, streets, ... or, where it does not say, the months of a report."""

from __future__ import annotations

import re

from communitycheck.messages.rule_words import ENTITIES

DEFAULT = "period"
# What a table of one kind of subject is called by: no name of an office has these words without a place before them.
_WORDS = {
    "community": r"社区|行政村|村居|村（社区）|村\(社区\)",
    "street": r"街道|乡镇",
    "county": r"县区|区县|县（市、区）|县\(市、区\)",
    "estate": r"小区",
}
_TABLE = re.compile(r"(?:表|台账|清单|名录|统计|情况)")


def subject_named(text: str) -> str:
    """The kind of subject that a cell names outright (社区, community); empty where it names none."""
    names = {word.casefold(): entity for entity, words in ENTITIES.items() for word in (entity, *words)}
    parts = [re.sub(r"[级\s]", "", part).casefold() for part in re.split(r"[（()）、,，/和及]", text)]
    found = {names.get(part, "") for part in parts if part}
    return found.pop() if len(found) == 1 else ""


def subject_of_table(name: str) -> str:
    """The one kind of subject that the name of a table or sheet says it lists; empty where it says none, or two."""
    if not _TABLE.search(name):
        return ""
    found = [entity for entity, words in _WORDS.items() if re.search(words, name)]
    return found[0] if len(found) == 1 else ""
