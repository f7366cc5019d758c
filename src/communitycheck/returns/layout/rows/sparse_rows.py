"""Rows with few cells: groups, notes, page marks and stray cells, as against records that merely lack their figures."""

from __future__ import annotations

import numpy as np

from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import DASHES, Kind, kind_of, plain
from communitycheck.returns.layout.row_words import (
    RANKS,
    is_class,
    is_note,
    is_numbered,
    is_page,
    is_period,
    region_rank,
    stated_count,
)
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
    NameForm,
    names_of,
    sample,
)

# A section among records that are numbered 1, 2, 3.
_ORDINAL = pattern(r"[(（]?(?:[一二三四五六七八九十]{1,3}|[ivxIVX]{1,5}|[A-Z])[)）]?[、.．]?")
# NameForm of so many records tell of which level they are where so large a share does.
MOST_NAMES = 500
CERTAIN = 0.8
LONGEST_NAME = 24
_STARS = tuple("※*#①")
# Marks of a sentence, in a line of notes or in a short cell.
_SENTENCE = pattern(r"[:。;!]")
_REMARK = pattern(r"[。；！;!]")
_DAY_OR_NUMBER = pattern(r"(?:19|20)\d\d[-/.年]\d{1,2}(?:[-/.月]\d{1,2}日?|月)?(?:00:00:00)?|1\d{10}|0\d{2,3}-?\d{7,8}")
# A heading that says by what the rows below it are classified.
_BY_WHAT = pattern(r"[(（]?按.{1,20}(?:分|划分|分组|分类)[)）]?[:：]?")


def sparse_rows(body: Body) -> None:
    """Give the rows with few cells their classes."""
    if not (body.classes == RECORD).any():
        return
    thin = _thin(body)
    _notes_of_many_cells(body)
    _signatures(body, thin)
    records = body.classes == RECORD
    sparse = np.flatnonzero(records & thin)
    if len(sparse) > MANY:
        return
    wide = np.flatnonzero(~thin & (records | (body.classes == TOTALS)))
    last_wide = max(int(wide[-1]) if len(wide) else -1, _last_named(body, sparse))
    reader = _SparseRows(body, names_of(body), last_wide)
    reader.reach_the_last_name(sparse)
    for row in sparse.tolist():
        texts = _texts(body, row)
        body.classes[row] = reader.class_of(row, texts) if texts else BLANK
        if texts:
            reader.notes_begun = (reader.notes_begun or body.classes[row] == NOTE) and row > reader.last_wide
    _headings_that_head_nothing(body, reader.by_level, reader.names)


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


def _notes_of_many_cells(body: Body) -> None:
    """A note that stands where names do is no record, however many cells it has; with figures it is unread."""
    if len(body.counts) > MANY:
        return
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 1))
    names = body.grid.some(body.columns[body.naming], body.first + rows)
    for row, name in zip(rows.tolist(), names, strict=True):
        if name and (":" in name or "：" in name) and is_note(name) and not _is_starred(name):
            body.classes[row] = UNREAD if _holds_figures(body, _texts(body, row)) else NOTE


def _signatures(body: Body, thin: Flags) -> None:
    """A line of signatures below the data may have as many cells as a record."""
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 0))
    for row in rows[::-1][:12].tolist():
        if thin[row]:
            continue
        texts = _texts(body, row)
        if not texts or not is_note(texts[min(texts)]):
            break
        body.classes[row] = UNREAD if _holds_figures(body, texts) else NOTE


def _holds_figures(body: Body, texts: dict[int, str]) -> bool:
    """The row states figures; the day and the telephone number beside a signature are none."""
    return any(
        c in body.values and kind_of(t) >= Kind.PERIOD and not _DAY_OR_NUMBER.fullmatch(plain(t))
        for c, t in texts.items()
    )


class _SparseRows:
    """Says what a row with few cells is.

    ``last_wide`` is the last row that is surely a record: what stands below it may be notes, what stands above may not.
    ``by_level`` collects the headings that only the level of their name tells.
    """

    def __init__(self, body: Body, names: NameForm, last_wide: int) -> None:
        self.body = body
        self.names = names
        self.last_wide = last_wide
        self.notes_begun = False
        self.by_level: list[int] = []

    def reach_the_last_name(self, sparse: Ints) -> None:
        """Records that have a name and nothing else may be the last of the table."""
        names = self.body.grid.some(self.body.columns[self.body.naming], self.body.first + sparse)
        named = [row for row, name in zip(sparse.tolist(), names, strict=True) if self._is_name(name, True)]
        self.last_wide = max([self.last_wide, *named])

    def class_of(self, row: int, texts: dict[int, str]) -> int:
        body = self.body
        first = min(texts)
        figures = [c for c, t in texts.items() if kind_of(t) >= Kind.PERIOD and body.names[c]]
        # A remark beside a name says something of that subject; only what stands where names do speaks of the row.
        says = [t for c, t in texts.items() if c <= body.naming or body.naming not in texts]
        after = row > self.last_wide
        named = self._is_name(texts.get(body.naming), after)
        if not named and not figures:
            if len(texts) == 1 and is_page(texts[first]):
                return PAGE
            # Among the records a star marks a row as often as it begins a note.
            if any(is_note(t) and (after or not _is_starred(t)) for t in says):
                return NOTE
            if any(is_page(t) or plain(t) in body.titles for t in says):
                return PAGE
        if not after and self._numbered_heading(row, texts):
            return GROUP
        if not any(c not in body.values or kind_of(t) == Kind.TEXT for c, t in texts.items()):  # it names nothing
            several = len(figures) > 1 or (figures and figures[0] != 0 and len(body.columns) == 2)
            return RECORD if several or (figures and _within_name(body, row)) else UNREAD
        if any(c in body.values for c in figures):
            return RECORD
        return self._of_words(row, texts, named, after)

    def _of_words(self, row: int, texts: dict[int, str], named: bool, after: bool) -> int:
        """The class of a row without figures."""
        body, label = self.body, self.body.label
        first = min(texts)
        lead = plain(texts[first])
        heads = not after and self._heads(row)
        if heads and _spans_the_table(body, row, first):
            return GROUP
        if named:
            return RECORD
        sentence = _SENTENCE.search(lead) is not None
        # A record that merely lacks its figures, and whose region stands above it: it fills the column of names.
        joined = row > 0 and body.classes[row - 1] in (RECORD, TOTALS)
        if first > label and joined and len(lead) <= LONGEST_NAME and not sentence and _names_it(body, first):
            return RECORD
        # Two clauses, and longer than any name that stands there.
        clauses = "," in lead and len(lead) > max(12, self.names.longest) and stated_count(lead) is None
        phrase = len(lead) > LONGEST_NAME or sentence or clauses
        apart = bool((body.classes[self.last_wide + 1 : row] == BLANK).any())
        if after and (self.notes_begun or apart or phrase or first != label):
            return NOTE
        if heads and not (len(lead) > 60 or clauses or (len(lead) > 12 and _REMARK.search(lead))):
            if is_class(lead) or _is_heading(body, row, texts):
                return GROUP
            if self._names_a_level_above(lead, first):
                self.by_level.append(row)
                return GROUP
        alone_in_remarks = len(texts) == 1 and first > label and first not in body.values
        if phrase or alone_in_remarks or (first in body.values and first != label):
            return UNREAD
        # Among names that all tell their level one that tells none may be a heading, a remark or a record.
        certain = self.names.rank and self.names.share >= CERTAIN
        if any(c != body.naming and _says_what_others_say(body, c, text) for c, text in texts.items()):
            return RECORD
        return UNREAD if certain and (not region_rank(lead) or is_class(lead)) else RECORD

    def _is_name(self, text: str | None, after: bool) -> bool:
        """The text has the form of the names of the other subjects; what may be a note is no longer than they are."""
        shown = plain(text)
        longest = self.names.longest + 2 if after or _is_starred(text) else LONGEST_NAME
        if not shown or not self.names.rank or len(shown) > longest or is_class(shown):
            return False
        return region_rank(shown) == self.names.rank

    def _heads(self, row: int) -> bool:
        """Something stands below the row that it may head: a record with figures before the table ends."""
        return row < self.last_wide

    def _numbered_heading(self, row: int, texts: dict[int, str]) -> bool:
        first = min(texts)
        rest = all(plain(t) in DASHES for c, t in texts.items() if c != first)
        return rest and is_numbered(texts[first]) and not _numbers_records(self.body, first)

    def _names_a_level_above(self, lead: str, column: int) -> bool:
        rank = region_rank(lead)
        if not rank or column > self.body.naming:
            return False
        if column == self.body.naming:
            return 0 < rank < self.names.rank
        some = sample(self.body, 20)
        ranks = [region_rank(text) for text in self.body.grid.some(self.body.columns[column], self.body.first + some)]
        usual = max(set(ranks), key=ranks.count) if ranks else 0
        return rank < usual


def _headings_that_head_nothing(body: Body, by_level: list[int], names: NameForm) -> None:
    """What names a level above and has nothing of a lower level beneath it is no heading.

    A 市 among counties may be one of them (县级市), a 自治州 never. It is where the first county stands under no city,
    where a city heads none, or where another has figures of its own. Of anything else nobody can say what it is.
    """
    if not by_level:
        return
    solid = np.flatnonzero((body.classes == RECORD) | (body.classes == GROUP))
    texts = {row: body.text(row, int(np.argmax(body.filled[row]))) for row in by_level}
    ranks = {row: region_rank(text) for row, text in texts.items()}
    heading_nothing = []
    for row in by_level:
        below = solid[np.searchsorted(solid, row, side="right") :]
        following = int(below[0]) if len(below) else -1
        rank = ranks.get(following) or region_rank(body.text(following, body.naming))
        if following < 0 or 0 < rank <= ranks[row]:
            heading_nothing.append(row)
    cities = [row for row in by_level if ranks[row] == RANKS["city"] and plain(texts[row]).endswith("市")]
    cities = cities if names.rank == RANKS["county"] else []
    if cities:
        records = np.flatnonzero(body.classes == RECORD)
        names_there = body.grid.some(body.columns[body.naming], body.first + records[:MOST_NAMES])
        of_their_own = any(region_rank(text) == RANKS["city"] for text in names_there)
        if of_their_own or records[0] < cities[0] or set(heading_nothing) & set(cities):
            body.classes[cities] = RECORD
            heading_nothing = [row for row in heading_nothing if row not in cities]
    body.classes[heading_nothing] = UNREAD


def _names_it(body: Body, column: int) -> bool:
    """A column of names that records always fill."""
    if column in body.values or not body.names[column]:
        return False
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 2))[:200]
    return bool(len(rows) and body.filled[rows, column].mean() >= 0.9)


def _says_what_others_say(body: Body, column: int, text: str) -> bool:
    """A text that several records have in a column of text that they always fill: the 县 or 街道 that they lie in."""
    if not _names_it(body, column):
        return False
    rows = np.flatnonzero((body.classes == RECORD) & (body.counts > 2))
    return sum(plain(other) == plain(text) for other in body.grid.some(body.columns[column], body.first + rows)) > 1


def _is_starred(text: str | None) -> bool:
    """It begins with a mark that refers to a note, or with which a note begins; and is no sentence."""
    shown = plain(text)
    return shown[:1] in _STARS and len(shown) <= LONGEST_NAME and not _SENTENCE.search(shown)


def _spans_the_table(body: Body, row: int, column: int) -> bool:
    """The text of the row is merged over half of the table or more."""
    at, width = body.first + row, len(body.columns)
    return any(
        r1 == at == r2 and c1 == body.columns[column] and c2 - c1 + 1 >= max(2, width * 0.5)
        for r1, c1, r2, c2 in body.grid.merged
    )


def _within_name(body: Body, row: int) -> bool:
    """The row lies within the merged cell of a name that stands above: it is one of the rows of that subject."""
    at, column = body.first + row, body.columns[body.naming]
    return any(r1 < at <= r2 and c1 <= column <= c2 for r1, c1, r2, c2 in body.grid.merged)


def _numbers_records(body: Body, column: int) -> bool:
    """The records themselves are numbered in the column: 1、甲社区."""
    some = sample(body, 60)
    some = some[body.counts[some] > 1]
    texts = body.grid.some(body.columns[column], body.first + some)
    return sum(map(is_numbered, texts)) * 2 > len(texts)


def _is_heading(body: Body, row: int, texts: dict[int, str]) -> bool:
    """A heading by its form: it states a count, is numbered as records are not, or stands where they have no names."""
    first = min(texts)
    lead = texts[first]
    if stated_count(lead) is not None or (is_numbered(lead) and not _numbers_records(body, first)):
        return True
    if first in body.values:  # a name in a column of numbers
        alone = len(texts) == 1 and (first < body.naming or first == body.label)
        return kind_of(lead) == Kind.TEXT and (alone or _ORDINAL.fullmatch(plain(lead)) is not None)
    if _stands_over(body, row, first, lead):
        return True
    some = sample(body, 60)
    some = some[body.counts[some] > max(1, len(texts))]
    if not len(some) or body.naming in texts:
        return False
    # A column left of the names that records leave empty.
    return first < body.naming and bool(body.filled[some, first].mean() < 0.34)


def _stands_over(body: Body, row: int, column: int, lead: str) -> bool:
    """A heading over rows that are set in further than it, or that says by what they are classified (按年龄分)."""
    below = [r for r in range(row + 1, min(row + 4, len(body.counts))) if body.counts[r] > 1]
    if not below or body.counts[row] > 1:
        return False
    if _BY_WHAT.fullmatch(plain(lead)):
        return True
    if is_period(lead):  # 2019年 over its months
        return not any(is_period(body.text(r, column)) for r in below)
    own = _indent(lead)
    deeper = [_indent(body.text(r, column) or "") > own for r in below[:2]]
    return deeper[0] and (all(deeper) or region_rank(body.text(below[1], column)) > 0)  # over one row, then the next


def _indent(text: str) -> int:
    return len(text) - len(text.lstrip(" \u3000\xa0\t"))
