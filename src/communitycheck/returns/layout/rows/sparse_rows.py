"""Rows with few cells: groups, notes, page marks and stray cells, as against records that merely lack their figures."""

from __future__ import annotations

import numpy as np

from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import Kind, kind_of, plain
from communitycheck.returns.layout.row_words import is_note, is_numbered, is_page, is_period, region_rank, stated_count
from communitycheck.returns.layout.rows.body import (
    BLANK,
    GROUP,
    MANY,
    NOTE,
    PAGE,
    RECORD,
    TOTALS,
    UNREAD,
    Body,
    Flags,
    Ints,
    sample,
)

# A section among records that are numbered 1, 2, 3.
_ORDINAL = pattern(r"[(（]?(?:[一二三四五六七八九十]{1,3}|[ivxIVX]{1,5}|[A-Z])[)）]?[、.．]?")
# Signs that stand in the cells of a heading, where there is nothing to fill in.
_DASHES = frozenset({"-", "--", "—", "——", "–", "/", "\\", "×", "*", "…", "……"})
# Marks of a sentence, in a line of notes or in a short cell.
_SENTENCE = pattern(r"[:。;!]")
_REMARK = pattern(r"[。；！;!]")
# A heading that says by what the rows below it are classified.
_BY_WHAT = pattern(r"[(（]?按.{1,20}(?:分|划分|分组|分类)[)）]?[:：]?")


def sparse_rows(body: Body) -> None:
    """Give the rows with few cells their classes."""
    if not (body.classes == RECORD).any():
        return
    thin = _thin(body)
    _signatures(body, thin)
    records = body.classes == RECORD
    sparse = np.flatnonzero(records & thin)
    if len(sparse) > MANY:
        return
    wide = np.flatnonzero(~thin & (records | (body.classes == TOTALS)))
    last_wide = max(int(wide[-1]) if len(wide) else -1, _last_named(body, sparse))
    notes_begun = False
    for row in sparse.tolist():
        texts = _texts(body, row)
        after = row > last_wide
        body.classes[row] = _class_of(body, row, texts, after, notes_begun) if texts else BLANK
        if texts:
            notes_begun = (notes_begun or body.classes[row] == NOTE) and after


def _thin(body: Body) -> Flags:
    """Rows with a third of the usual cells or fewer; with more, where the columns that are mostly filled are blank."""
    usual = _usual(body.counts, 1)
    if usual < 2 and len(body.columns) > 2:  # few records among many groups and notes
        usual = _usual(body.counts, 2) or usual
    few = max(1, int(usual * 0.34)) if usual > 2 else 1
    thin = body.counts <= few if usual > 1 else np.ones(len(body.counts), bool)
    dense = [c for c in body.values if body.names[c] and body.shares[c] >= 0.6]
    dense = [c for c in dense if c > body.label] or dense
    if dense:
        rows = np.flatnonzero(~thin & (body.counts <= 0.67 * usual))
        thin[rows] = ~body.filled[rows][:, dense].any(axis=1)
    return thin


def _texts(body: Body, row: int) -> dict[int, str]:
    """The cells of a row that say something, by column."""
    return {c: text for c, text in enumerate(body.row(row)) if text is not None and plain(text)}


def _usual(counts: Ints, least: int) -> float:
    """The median of the counts from ``least`` up; 0 where there are none."""
    below = np.cumsum(np.bincount(counts)[least:])
    if not len(below):
        return 0.0
    middle = np.searchsorted(below, [(below[-1] - 1) // 2, below[-1] // 2], side="right")
    return float(middle.mean()) + least


def _last_named(body: Body, sparse: Ints) -> int:
    """The last row without figures that fills every column of names; -1 where names take the first column alone."""
    if not len(sparse):
        return -1
    label = body.label
    lead = min((c for c in body.values if c > label), default=len(body.columns))
    names = [c for c in range(lead) if _names_it(body, c)]
    if not names or names == [0]:
        return -1
    whole = sparse[body.filled[sparse][:, names].all(axis=1)]
    return int(whole[-1]) if len(whole) else -1


def _signatures(body: Body, thin: Flags) -> None:
    """A line of signatures below the data may have as many cells as a record."""
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 0))
    for row in rows[::-1][:12].tolist():
        if thin[row]:
            continue
        texts = _texts(body, row)
        figures = any(c in body.values and kind_of(t) >= Kind.PERIOD for c, t in texts.items())
        if figures or not texts or not is_note(texts[min(texts)]):
            break
        body.classes[row] = NOTE


def _class_of(body: Body, row: int, texts: dict[int, str], after: bool, notes_begun: bool) -> int:
    """The class of a row with few cells. ``after``: it stands below the last record with all its cells."""
    first, label = min(texts), body.label
    lead = texts[first]
    length = len(plain(lead))
    figures = [c for c, t in texts.items() if kind_of(t) >= Kind.PERIOD and body.names[c]]
    if len(texts) == 1 and first == label and len(body.columns) > 1 and is_page(lead):
        return PAGE
    if not after and is_numbered(lead) and all(plain(t) in _DASHES for c, t in texts.items() if c != first):
        return GROUP
    if any(is_note(t) for t in texts.values()) and not figures:
        return NOTE
    if not figures and any(is_page(t) or plain(t) in body.titles for t in texts.values()):
        return PAGE
    if not any(c not in body.values or kind_of(t) == Kind.TEXT for c, t in texts.items()):  # it names nothing
        return RECORD if len(figures) > 1 or (figures and figures[0] != 0 and len(body.columns) == 2) else UNREAD
    if any(c in body.values for c in figures):
        return RECORD
    sentence = _SENTENCE.search(plain(lead)) is not None
    # A record that merely lacks its figures, and whose region stands above it: it fills the column of names.
    joined = row > 0 and body.classes[row - 1] in (RECORD, TOTALS)
    if first > label and joined and length <= 24 and not sentence and _names_it(body, first):
        return RECORD
    if after and (notes_begun or length > 24 or first != label or sentence):
        return NOTE
    if length > 60 or (length > 12 and _REMARK.search(plain(lead))):
        return NOTE
    if len(texts) == 1 and first > label and first not in body.values:
        return NOTE if length > 24 else UNREAD
    return GROUP if _is_group(body, row, texts, label) and not after else RECORD


def _names_it(body: Body, column: int) -> bool:
    """A column of names that records always fill."""
    if column in body.values or not body.names[column]:
        return False
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 2))[:200]
    return bool(len(rows) and body.filled[rows, column].mean() >= 0.9)


def _is_group(body: Body, row: int, texts: dict[int, str], label: int) -> bool:
    """A name that stands over the rows below it, not in line with them."""
    first = min(texts)
    lead = texts[first]
    at = body.first + row
    width = len(body.columns)
    for r1, c1, r2, c2 in body.grid.merged:
        if r1 == at == r2 and c1 == body.columns[first] and c2 - c1 + 1 >= max(2, width * 0.5):
            return True
    if stated_count(lead) is not None or is_numbered(lead):
        return True
    if first in body.values:  # a name in a column of numbers
        return kind_of(lead) == Kind.TEXT and (len(texts) == 1 or _ORDINAL.fullmatch(plain(lead)) is not None)
    if _stands_over(body, row, first, lead):
        return True
    some = sample(body, 60)
    some = some[body.counts[some] > max(1, len(texts))]
    if not len(some):
        return False
    if any(c != first and c not in body.values and body.filled[some, c].mean() >= 0.9 for c in texts):
        return False  # it fills the column that names the records
    same = body.filled[some, first].mean()
    if same < 0.34:  # a column that records leave empty
        return True
    rank = region_rank(lead)
    ranks = [region_rank(body.text(int(r), first)) for r in some[:20]]
    usual = max(set(ranks), key=ranks.count)
    return bool(rank and usual and rank < usual)


def _stands_over(body: Body, row: int, column: int, lead: str) -> bool:
    """A heading over rows that are set in further than it, or that says by what they are classified (按年龄分)."""
    below = [r for r in range(row + 1, min(row + 4, len(body.counts))) if body.counts[r] > 1]
    if not below or body.counts[row] > 1:
        return False
    if _BY_WHAT.fullmatch(plain(lead)):
        return True
    if is_period(lead):  # 2019年 over its months
        return not any(is_period(body.text(r, column)) for r in below)
    return all(_indent(body.text(r, column) or "") > _indent(lead) for r in below[:2])


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \u3000\xa0\t"))
