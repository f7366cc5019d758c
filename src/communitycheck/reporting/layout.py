"""Plain text set to a width: lines broken and tables aligned with Chinese characters counted double."""

from __future__ import annotations

from collections.abc import Iterator

from rich.cells import cell_len

# A line begins with none of these and ends with none of those.
_NOT_FIRST = set("，。；：、）】》〉”’！？…～％,.;:)]}!?%")
_NOT_LAST = set("（【《〈“‘([{#$")
GAP = "  "
LEAST = 10  # a column that may wrap is never narrower


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
            piece = piece[len(head):]
            size = cell_len(piece)
        line, used = line + piece, used + size
    return [*lines, line.rstrip()] if line.strip() or not lines else lines


def pad(text: str, width: int, *, right: bool = False) -> str:
    """``text`` filled up to ``width`` cells."""
    blank = " " * max(0, width - cell_len(text))
    return blank + text if right else text + blank


def fits(table: list[list[str]], available: int) -> bool:
    """True where the table needs no line breaks."""
    columns = len(table[0])
    natural = sum(max(cell_len(row[k]) for row in table) for k in range(columns))
    return natural + len(GAP) * (columns - 1) <= available


def widths(table: list[list[str]], wrapping: list[bool], available: int) -> list[int]:
    """Width of each column: what its widest cell needs, less for columns that may wrap where the page is too small."""
    natural = [max((cell_len(row[k]) for row in table), default=0) for k in range(len(wrapping))]
    found = list(natural)
    over = sum(found) + len(GAP) * (len(found) - 1) - available
    # Take it from the columns that may wrap, the widest first; from the others only when that does not do.
    for allowed in (wrapping, [True] * len(found)):
        while over > 0:
            k = max((k for k, may in enumerate(allowed) if may), key=lambda k: found[k], default=-1)
            if k < 0 or found[k] <= LEAST:
                break
            found[k] -= 1
            over -= 1
    return found


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
