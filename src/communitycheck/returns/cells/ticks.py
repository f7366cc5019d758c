"""Tick boxes: several choices with a mark beside each, and which of them is ticked."""

from __future__ import annotations

import re
from functools import cache

from msgspec import Struct

# The characters of Wingdings and Wingdings 2 stand where a box was drawn in one of those fonts; R and £ are the same
# boxes pasted without their font.
_TICKS = "√✓✔☑✅■●◉⊙⦿⬛◼▣vVR🗹\uf052\uf0fe\uf0fc"
_CROSSES = "xX×✗✘╳☒❌"
EMPTIES = "□☐○◯〇◻⬜▢口£\uf0a3\uf0a8\uf06f"
# A mark that is a tick and nothing else, so that one choice alone is ticked by it, and a cross beside it is a no.
_SURE = "√✓✔☑✅\uf052\uf0fe\uf0fc"
_WORDS = (
    "未建成|不适用|不涉及|已建成|没有|不是|未建|已建|在建|拟建|未达标|不达标|达标|不合格|合格|未完成|已完成|完成|"
    "部分|基本|其他|全部|是|否|有|无"
)
_ANY = f"[{_TICKS}{_CROSSES}{EMPTIES}]"


@cache
def _token(own: tuple[str, ...]) -> re.Pattern[str]:
    """A box, or a choice: one of the usual words or of the question's ``own``."""
    words = "|".join([*map(re.escape, sorted(own, key=len, reverse=True)), _WORDS])
    return re.compile(
        rf"[(\[【〔{{]\s*(?P<boxed>{_ANY}?)\s*[)\]】〕}}]|_*(?P<bare>{_ANY})_*|(?P<line>_+)|"
        rf"(?P<word>{words})|(?P<between>[\s/、,;:。|]+)"
    )


class _Mark(Struct, frozen=True):
    """A box: ``sign`` is what stands in it, empty where nothing does; ``boxed`` where brackets are drawn around it."""

    sign: str
    boxed: bool = False

    @property
    def empty(self) -> bool:
        return self.sign == "" or self.sign in EMPTIES


# A choice, a mark, or None for what stands between them.
_Parts = list["str | _Mark | None"]


def ticked(text: str, own: tuple[str, ...] = ()) -> str | None:
    """The choice that is ticked: ``☑是 □否`` gives 是, ``有（ ）无（√）`` gives 无.

    Args:
        own: choices of the question beside the usual ones.

    Returns:
        "" where the text is a form but none, several, or not surely one of its choices is ticked; None where it is no
        form at all.
    """
    parts = _parts(text, own)
    if parts is None:
        return None
    choices = [(i, p) for i, p in enumerate(parts) if isinstance(p, str)]
    marks = [(i, p) for i, p in enumerate(parts) if isinstance(p, _Mark)]
    if not choices or not marks:
        return None
    if len({word for _, word in choices}) < len(choices):
        return ""
    if len(choices) == 1:
        (_, mark), *others = marks
        return choices[0][1] if not others and mark.sign and mark.sign in _SURE else ""
    if len(marks) == 1:
        return _lone(parts, marks[0][0], marks[0][1])
    return _paired([p for p in parts if p is not None])


def _parts(text: str, own: tuple[str, ...]) -> _Parts | None:
    """Choices, marks and what separates them; None where there is anything else."""
    parts: _Parts = []
    token, at = _token(own), 0
    while at < len(text):
        found = token.match(text, at)
        if found is None:
            return None
        at = found.end()
        if found["word"]:
            parts.append(found["word"])
        elif found["between"]:
            parts.append(None)
        else:
            parts.append(_Mark(found["boxed"] or found["bare"] or "", found["boxed"] is not None))
    return parts


def _lone(parts: _Parts, at: int, mark: _Mark) -> str:
    """One mark among several choices: 有 √无. It belongs to the choice that it touches, if it touches one only."""
    if mark.empty or mark.sign in _CROSSES or None not in parts:  # √有无 may be 有 or the whole question
        return ""
    beside = [parts[i] for i in (at - 1, at + 1) if 0 <= i < len(parts)]
    touched = [p for p in beside if isinstance(p, str)]
    if not touched and at == 0:  # √ 有 无
        touched = [p for p in parts if isinstance(p, str)][:1]
    return touched[0] if len(touched) == 1 else ""


def _paired(parts: list[str | _Mark]) -> str:
    """A mark for each choice, all before their choices or all behind them."""
    first, second = parts[::2], parts[1::2]
    if len(first) != len(second):
        return ""
    ahead = isinstance(first[0], _Mark)
    words, marks = (second, first) if ahead else (first, second)
    if not all(isinstance(w, str) for w in words) or not all(isinstance(m, _Mark) for m in marks):
        return ""
    pairs = [(str(w), m) for w, m in zip(words, marks, strict=True) if isinstance(m, _Mark)]
    if any(m.sign and m.sign in _SURE for _, m in pairs):  # beside √ a bare cross says no
        full = [(w, m) for w, m in pairs if not m.empty and (m.sign in "☒❌" or m.sign not in _CROSSES)]
    elif any(m.sign in ("×", "✗", "✘", "╳", "❌") or (m.sign in ("x", "X") and not m.boxed) for _, m in pairs):
        return ""  # ticked, or crossed out?
    else:
        full = [(w, m) for w, m in pairs if not m.empty]
    return full[0][0] if len(full) == 1 else ""
