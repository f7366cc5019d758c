"""Signs that a Chinese keyboard makes and YAML does not know: ：，“”－｛, spaces that are none, characters of no width.

YAML takes them for letters. A line ``severity：mandatory`` then goes on with the value before it, or breaks a later
line, so they are looked for where a key stands that rule files have.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.printable import HIDDEN

# What is written in the place of each.
_PLAIN = {"：": ": ", "﹕": ": ", "︰": ": ", "，": ", ", "、": ", ", "－": "- ", "—": "- ", "–": "- ", "＃": "# ",
          "｛": "{", "｝": "}", "［": "[", "］": "]", "【": "[", "】": "]", "“": '"', "”": '"', "＂": '"', "„": '"',
          "‘": "'", "’": "'", "＇": "'"}  # fmt: skip
_COLONS, _DASHES, _HASHES, _QUOTES, _OPENING = ":：﹕︰", "-－—–", "＃", "“”＂„‘’＇", "｛［【“‘＂„＇"
_UNSEEN = pattern(f"[{HIDDEN}]")
_SPACE = f"[^\\S\\n]|[{HIDDEN}]"
_LINE = pattern(
    rf"""(?P<indent>(?:{_SPACE})*)
         (?:(?P<dash>[{_DASHES}])(?P<gap>(?:{_SPACE})*))?
         (?P<quote>["'{_QUOTES}]?)(?P<key>[^\W\d]\w*)["'{_QUOTES}]?
         (?P<behind>(?:{_SPACE})*)
         (?P<colon>[{_COLONS}])(?P<after>.*)""",
    re.VERBOSE,
)
# Inside { } and [ ]: a key with a foreign colon, or a foreign comma with a key behind it.
_INSIDE = pattern(
    rf"(?P<key>[^\W\d]\w*)\s*(?P<colon>[：﹕︰])|(?P<comma>[，、])\s*(?P<next>[^\W\d]\w*)\s*[{_COLONS}]"
)
_QUOTED = pattern(r'"[^"]*"|\'[^\']*\'')

COLON, DASH = Text("冒号", "the colon"), Text("短横", "the dash")


class Misprint(NamedTuple):
    """A sign in the place of another: its message with what fills that, ``column`` (from 1) among it."""

    code: str
    values: dict[str, Any]


@cache
def known_keys() -> frozenset[str]:
    """Every key that a rule file or a file of cases may have."""
    from communitycheck.standards.files import assessment_shapes, schema, shape_parts  # which only a fault asks for

    homes = [module.__name__ for module in (schema, assessment_shapes, shape_parts)]
    shapes, found = [shape_parts.StrictShape], set()
    while shapes:
        shape = shapes.pop()
        shapes += shape.__subclasses__()
        if shape.__module__ in homes:  # others are shapes of files that no analyst writes
            found |= {field.alias or name for name, field in shape.model_fields.items()}
    return frozenset(found)


def misprints(text: str) -> Iterator[tuple[int, Misprint]]:
    """The lines (from 1) of a file that have a sign in the place of another, each with the first of them."""
    for number, row in enumerate(text.splitlines(), 1):
        if (found := misprint_of_line(row)) is not None:
            yield number, found


def misprint_of_line(row: str) -> Misprint | None:
    """The first sign of a line that stands where YAML wants another one."""
    if row.lstrip()[:1] in _HASHES and row.strip():
        return _sign(row, len(row) - len(row.lstrip()))
    found = _LINE.match(row)
    if found is None or found["key"] not in known_keys():
        return None
    for part in ("indent", "gap", "behind"):
        if found[part] and (space := _odd_space(row, found.start(part), found.end(part))):
            return space
    if found["dash"] and found["dash"] != "-":
        return _sign(row, found.start("dash"))
    if found["dash"] and not found["gap"]:
        return Misprint("rule-file-gap", {"sign": DASH, "near": f"- {row.strip()[1:]}"})
    if found["quote"] and found["quote"] in _QUOTES:
        return _sign(row, found.start("quote"))
    if found["colon"] != ":":
        return _sign(row, found.start("colon"))
    return _behind_colon(row, found.start("after"))


def _behind_colon(row: str, start: int) -> Misprint | None:
    after = row[start:]
    value = after.lstrip()
    at = start + len(after) - len(value)
    if space := _odd_space(row, start, at + 1):
        return space
    if after and at == start:
        return Misprint("rule-file-gap", {"sign": COLON, "near": f"{row[:start].strip()} {value}"})
    if value[:1] and value[0] in _OPENING:
        return _sign(row, at)
    if value[:1] in ("{", "["):
        inside = _QUOTED.sub(lambda quoted: " " * len(quoted[0]), row)
        for found in _INSIDE.finditer(inside, at):
            if (found["key"] or found["next"]) in known_keys():
                return _sign(row, found.start("colon" if found["colon"] else "comma"))
    return None


def misprint_of_value(text: str) -> Misprint | None:
    """The first sign of a key or value that fits nowhere, if it is one that stands for another."""
    for at, character in enumerate(text):
        if odd := _odd_space(text, at, at + 1, counted=False):
            return odd
        if character in _PLAIN and character != "—":
            return _sign(text, at, counted=False)
    return None


def plain_before(text: str) -> str:
    """A key without what cannot be seen, up to the first sign that is no letter of it."""
    plain = "".join(c for c in text if not _UNSEEN.match(c)).strip(" \t\u00a0\u3000\"'“”‘’")
    return re.split(rf"[{_COLONS}{_DASHES}\s]", plain)[0]


def is_continued_key(row: str) -> bool:
    """Whether a line in the midst of a value begins like a key of its own."""
    found = _LINE.match(row)
    return found is not None and found["key"] in known_keys()


def _sign(row: str, at: int, *, counted: bool = True) -> Misprint:
    return Misprint("rule-file-sign", {"sign": row[at], "near": _PLAIN[row[at]], "column": at + 1 if counted else ""})


def _odd_space(row: str, start: int, end: int, *, counted: bool = True) -> Misprint | None:
    for at in range(start, min(end, len(row))):
        character = row[at]
        column = at + 1 if counted else ""
        if _UNSEEN.match(character):
            return Misprint("rule-file-unseen", {"sign": code_point(character), "column": column})
        if character not in " \t" and unicodedata.category(character) == "Zs":
            return Misprint("rule-file-space", {"sign": code_point(character), "column": column})
    return None


def code_point(character: str) -> str:
    """``U+200B``, for what nobody can see."""
    return f"U+{ord(character):04X}"
