"""Region levels by the words of the standard itself: where ``levels`` calls a county a borough, rules may as well."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

# The keys behind which a level may stand, by the part of a file that has them.
_KEYS = {
    "rules": ("applies_to", "by"),
    "override": ("applies_to", "by"),
    "entities": ("within",),
    "fields": ("entities",),
    "score": ("applies_to", "by"),
}


def with_plain_levels(data: object) -> object:
    """The data of a rule file with the plain names of the levels in place of its own words for them."""
    levels = data.get("levels") if isinstance(data, dict) else None
    if not isinstance(data, dict) or not isinstance(levels, dict):
        return data
    own = data.get("entities")
    taken = {str(key).casefold() for key in own} if isinstance(own, dict) else set()
    words = {word: level for level, one in levels.items() for word in _words(one) if word not in taken}
    found = {home: _renamed(part, _KEYS[home], words) if home in _KEYS else part for home, part in data.items()}
    if isinstance(sheet := data.get("score"), dict):  # one alone, in no list
        found["score"] = _entry(sheet, _KEYS["score"], words)
    return found


def own_words(data: object) -> dict[str, list[str]]:
    """What a rule file itself calls levels, by level: as it is shown, then all its words."""
    levels = data.get("levels") if isinstance(data, dict) else None
    found: dict[str, list[str]] = {}
    for level, one in levels.items() if isinstance(levels, dict) else ():
        label = one.get("label") if isinstance(one, dict) else None
        shown = label.get("en") or label.get("zh") if isinstance(label, dict) else label
        if isinstance(shown, str):
            found[str(level)] = [shown, *_words(one)]
    return found


def _words(level: object) -> Iterator[str]:
    """Label, plural and other headers of a level, in both languages."""
    if isinstance(level, dict):
        for part in (level.get("label"), level.get("plural"), level.get("aliases")):
            texts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else [part]
            yield from (text.strip().casefold() for text in texts if isinstance(text, str))


def _renamed(part: Any, keys: tuple[str, ...], words: dict[str, Any]) -> Any:
    if isinstance(part, list):
        return [_entry(one, keys, words) for one in part]
    return {key: _entry(one, keys, words) for key, one in part.items()} if isinstance(part, dict) else part


def _entry(entry: Any, keys: tuple[str, ...], words: dict[str, Any]) -> Any:
    def plain(value: Any) -> Any:
        if isinstance(value, list):
            return [plain(one) for one in value]
        return words.get(value.strip().casefold(), value) if isinstance(value, str) else value

    if not isinstance(entry, dict):
        return entry
    return {key: plain(value) if key in keys else value for key, value in entry.items()}
