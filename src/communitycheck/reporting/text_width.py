"""Plain text set to a width: lines broken and tables aligned with Chinese characters counted double."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from rich.cells import cell_len

from communitycheck.printable import one_line

# A line begins with none of these and ends with none of those.
_NOT_FIRST = set("，。；：、）】》〉”’！？…～％,.;:)]}!?%")
_NOT_LAST = set("（【《〈“‘([{#$")
GAP = "  "
LEAST = 8  # no column is made narrower


def wrap(text: str, width: int) -> list[str]:
    """``text`` in lines of at most ``width`` cells; breaks at spaces and between Chinese characters."""
    lines: list[str] = []
    line, used = "", 0
    for piece in _pieces(text):
        size = cell_len(piece)
        if used + cell_len(piece.rstrip()) > width and line:
            lines.append(line.rstrip())
            line, used = "", 0
            piece = piece.lstrip()
            size = cell_len(piece)
        while size > width:  # a word that no line can hold is cut
            head = _head(piece, width)
            lines.append(head)
            piece = piece[len(head) :]
            size = cell_len(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled up to ``width`` cells."""
    blank = " " * max(0, width - cell_len(text))
    return blank + text if right else text + blank


def fits(table: list[list[str]], least: list[int | None], available: int) -> bool:
    """True where the table can be set without squeezing any column below its least width (None: its widest cell)."""
    natural = _natural(table)
    needed = [size if low is None else min(size, low) for size, low in zip(natural, least, strict=True)]
    return sum(needed) + len(GAP) * (len(needed) - 1) <= available


def widths(table: list[list[str]], least: list[int | None], available: int) -> list[int]:
    """Width of each column: what its widest cell needs, less where the page is too small.

    Those that may wrap give way first, the widest before the others; the rest only when that does not do.
    """
    found = _natural(table)
    over = sum(found) + len(GAP) * (len(found) - 1) - available
    for floors in (least, [LEAST if low is not None else None for low in least], [LEAST] * len(found)):
        while over > 0:
            slack = [(size, k) for k, (size, low) in enumerate(zip(found, floors, strict=True)) if low and size > low]
            if not slack:
                break
            found[max(slack)[1]] -= 1
            over -= 1
    return found


def in_columns(table: Sequence[Sequence[str]]) -> list[str]:
    """Rows of text as lines, each column as wide as its widest cell."""
    rows = [[one_line(cell) for cell in row] for row in table]
    sizes = _natural(rows)
    return [GAP.join(pad(cell, size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in rows]


def _natural(table: list[list[str]]) -> list[int]:
    return [max(cell_len(row[k]) for row in table) for k in range(len(table[0]))]


def _pieces(text: str) -> Iterator[str]:
    """The pieces of ``text`` between which a line may end."""
    start = 0
    for i in range(1, len(text)):
        before, after = text[i - 1], text[i]
        if after in _NOT_FIRST or before in _NOT_LAST or after == " ":
            continue
        sizes = (cell_len(before), cell_len(after))
        if before == " " or before == "/" or (2 in sizes and 0 not in sizes):
            yield text[start:i]
            start = i
    yield text[start:]


def _head(text: str, width: int) -> str:
    """As much of ``text`` as ``width`` cells hold, at least one character."""
    used = 0
    for i, character in enumerate(text):
        used += cell_len(character)
        if used > width and i:
            return text[:i]
    return text
