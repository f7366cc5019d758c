"""Whether a row is the header once more, as pages repeat it: word for word or with slips of the pen."""

from __future__ import annotations

from collections.abc import Sequence

from communitycheck.patterns import pattern

# Of so many cells of a header one may have a slip; a header of fewer is repeated word for word or is another one.
_CELLS_PER_SLIP = 10
# One letter in so many may be another one; a figure (2021年, 2022年) never is.
_LETTERS = 3
_FIGURE = pattern(r"[0-9〇零一二三四五六七八九十百千万亿]")
# Specks and stops say nothing; a unit does (%, ㎡).
_MARKS = pattern(r"[、,，.。;；:：'‘’“”\"`·!|_^~-]+")


def is_same_header(texts: Sequence[str], header: Sequence[str]) -> bool:
    """Whether the texts of a row are those of a row of the header.

    A text that names another column of the header is no slip: the columns have changed places.

    Args:
        texts, header: as printed, a text for each column.
    """
    pairs = [(text, name) for text, name in zip(texts, header, strict=True) if text != name]
    differ = [(text, name) for text, name in pairs if _bare(text) != _bare(name)]
    if not differ:
        return any(header)
    if len(differ) * _CELLS_PER_SLIP > sum(map(bool, header)):
        return False
    known = set(header)
    return all(text not in known and _is_slip(_bare(text), _bare(name)) for text, name in differ)


def _bare(text: str) -> str:
    """The text without marks that got into it."""
    return _MARKS.sub("", text)


def _is_slip(text: str, meant: str) -> bool:
    """A letter of a longer text is another one."""
    wrong = [(a, b) for a, b in zip(text, meant, strict=False) if a != b]
    if len(text) != len(meant) or len(wrong) * _LETTERS > len(text):
        return False
    return not any(_FIGURE.search(a + b) for a, b in wrong)
