"""Rows with figures that bear the name of a larger place than the others: 红旗街道, 2100 among its communities.

Where their figures are the sums of what stands beneath or above them they are totals, and so are those that stand as
other totals of their level do. Of any other nobody can say what it is: a total that is wrong, or a subject of another
level.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pyarrow.compute as pc

from communitycheck.model.places.place_names import ENDINGS, OFFICES
from communitycheck.patterns import pattern
from communitycheck.returns.layout.cell_kinds import plain
from communitycheck.returns.layout.row_words import RANKS, region_rank
from communitycheck.returns.layout.rows.body import (
    CODES,
    GROUP,
    INDICATORS,
    KINDS,
    MANY,
    RATIO,
    RECORD,
    TOTALS,
    UNREAD,
    Body,
    Flags,
    Ints,
    figures,
    sample,
)
from communitycheck.returns.layout.rows.sums import Sums
from communitycheck.returns.layout.statistic_words import heads_figures
from communitycheck.returns.text_columns import bools, picked

Floats = npt.NDArray[np.float64]
# A whole that is no sum holds at least so much of what its parts hold.
_MOST_OF = 0.9
# Of the whole some figures are sums, but for what rounding makes. So many totals of one level show what one that is no
# sum is meant to be.
_ROUNDED = 0.001
_TOTALS_FOR_ONE = 3
_ABOUT = 0.05
# So large a share of the names tell the level of the subjects, labels of figures aside.
_USUAL = 0.6
# Zones and farms stand beside streets, and among counties, as often as above them: their names tell no level there.
_ZONE = pattern(
    r".*(?:(?:开发|经开|高新|[工农林牧矿产]业|经济|自贸|综保|保税|旅游|生态|集聚|功能|园|新|景|度假|示范|矿|林|农|牧|港|库|灌|试验|实验|"
    r"合作|管理)区|[农林牧渔]场|(?:工业|产业|科技|创业|物流)园)(?:管委会|管理委员会|管理局)?|管委会|管理委员会"
)
_COMMUNITY = (*ENDINGS["community"], *OFFICES["community"])
_DIGITS = pattern(r"[0-9]{6,}")


def larger_places(body: Body) -> None:
    """Give such rows their class."""
    if INDICATORS.search(body.names[body.label]):
        return
    kept = (body.classes == RECORD) | (body.classes == TOTALS) | (body.classes == GROUP)
    rows = np.flatnonzero(kept & (body.counts > 1))
    records = body.classes[rows] == RECORD
    ranks, labels, zones = _ranks(body, rows)
    if not len(rows) or int(ranks.min()) == RANKS["community"]:
        return
    own = _usual_rank(ranks[records & ~labels])
    if own == RANKS["community"]:
        for place in zones[records[zones]].tolist():
            if not _is_one_of_them(body, int(rows[place])):
                ranks[place] = RANKS["county"]
    places = np.flatnonzero(records & (ranks > 0) & (ranks < own))
    if not len(places):
        return
    columns = [c for c in sorted(body.values) if body.names[c] and not RATIO.search(body.names[c])]
    if not columns:
        return
    values = np.column_stack([figures(body.grid.columns[body.columns[c]], body.first + rows) for c in columns])
    counted = records & ((ranks == own) | (ranks == 0))
    sums = Sums(values, counted)
    edges = np.flatnonzero(~counted)
    verified = _are_sums(sums, values, edges, places)
    nearly = _are_nearly_sums(sums, values, edges, places)
    for place in places[_stand_as_totals(ranks, body.classes[rows] == TOTALS, places, verified, nearly)].tolist():
        body.classes[rows[place]] = TOTALS
        body.unmarked.append(int(rows[place]))
    for place in places[body.classes[rows[places]] == RECORD].tolist():
        whole = _the_whole(sums, values, place)
        if whole == TOTALS:
            body.unmarked.append(int(rows[place]))
        if whole != RECORD or not _may_be_beside(int(ranks[place]), own):
            body.classes[rows[place]] = whole if whole != RECORD else UNREAD


def _ranks(body: Body, rows: Ints) -> tuple[Ints, Flags, Ints]:
    """The level that the name in each of the rows tells, which of them are labels of figures, and which zones.

    What ends like a community is told for all rows at once; of so many others than are looked at one by one nothing is.
    """
    column = body.grid.columns[body.columns[body.naming]]
    whole = len(rows) and rows[-1] - rows[0] + 1 == len(rows)
    texts = column.slice(body.first + int(rows[0]), len(rows)) if whole else picked(column, body.first + rows)
    communities: Flags = np.zeros(len(rows), bool)
    for ending in _COMMUNITY:
        if not communities.all():
            communities |= bools(pc.fill_null(pc.ends_with(texts, ending), False))
    if communities.all():
        return np.full(len(rows), RANKS["community"], np.int64), ~communities, np.empty(0, np.int64)
    ranks = np.where(communities, RANKS["community"], 0).astype(np.int64)
    labels, zones = np.zeros(len(rows), bool), []
    others = np.flatnonzero(~communities) if len(rows) > MANY else np.arange(len(rows))
    others = others if len(others) <= MANY else others[:0]
    for place, text in zip(others.tolist(), picked(texts, others).to_pylist(), strict=True):
        name = plain(text)
        labels[place] = heads_figures(name)
        if _ZONE.fullmatch(name):
            zones.append(place)
        else:
            ranks[place] = region_rank(name)
    return ranks, labels, np.array(zones, np.int64)


def _is_one_of_them(body: Body, row: int) -> bool:
    """A zone or a farm among communities that the row itself calls one: it has a kind, a street above it, or a code as
    theirs are."""
    name = plain(body.text(row, body.naming))
    for column, header in enumerate(body.names):
        text = plain(body.text(row, column))
        if not text or text == name or column == body.naming:
            continue
        if KINDS.search(header) or (column < body.naming and region_rank(text) == RANKS["street"]):
            return True
        if CODES.search(header) and _DIGITS.fullmatch(text):
            others = [plain(body.text(int(other), column)) for other in sample(body, 60) if other != row]
            alike = [code for code in others if len(code) == len(text)]
            if len(alike) * 2 > len(others) and not text.endswith("000"):
                return True
    return False


def _may_be_beside(rank: int, own: int) -> bool:
    """A city may be one among counties (县级市) or towns (縣轄市); no other level has two ranks."""
    return rank == RANKS["city"] and own < RANKS["community"]


def _are_nearly_sums(sums: Sums, values: Floats, edges: Ints, places: Ints) -> Flags:
    """Which of the rows are, in half of their figures or more, about the sum of the records beneath them."""
    after = np.append(edges, len(values))[np.searchsorted(edges, places) + 1]
    stated, below = values[places], sums.of(places + 1, after)
    held = np.isfinite(stated)
    near = held & (np.abs(stated - below) <= _ABOUT * below)
    found: Flags = (near.sum(axis=1) * 2 >= held.sum(axis=1)) & near.any(axis=1)
    return found


def _stand_as_totals(ranks: Ints, totals: Flags, places: Ints, verified: Flags, nearly: Flags) -> Flags:
    """Which of the places are sums, or nearly, standing over a lower level as several totals of their level do.

    Of printed tables a total in a hundred is wrong; it is no subject for that. 甲市 that is far from a sum may be a
    county by rank (县级市).
    """
    found = verified.copy()
    below = np.append(ranks[1:], 0)[places] > ranks[places]
    for level in np.unique(ranks[places]).tolist():
        own = ranks[places] == level
        shown = int((verified & own).sum() + (totals & (ranks == level)).sum())
        wrong = own & below & nearly & ~verified
        if shown >= _TOTALS_FOR_ONE * int(wrong.sum()):
            found |= wrong
    return found


def _usual_rank(ranks: Ints) -> int:
    """The level of most of the names, counties and below; 0 where they tell none."""
    named = ranks[ranks > 0]
    if not len(named):
        return 0
    counts = np.bincount(named)
    usual = int(counts.argmax())
    enough = counts[usual] > 1 and counts[usual] >= _USUAL * len(ranks)
    return usual if enough and usual >= RANKS["county"] else 0


def _are_sums(sums: Sums, values: Floats, edges: Ints, places: Ints) -> Flags:
    """Which of the rows are in every column the sum of the records beneath them, above them or of all there are, up to
    the next of the edges."""
    at = np.searchsorted(edges, places)
    before = np.where(at > 0, edges[at - 1] + 1, 0)
    after = np.append(edges, len(values))[at + 1]
    nothing, everything = np.zeros(len(places), np.int64), np.full(len(places), len(values))
    found: Flags = np.zeros(len(places), bool)
    stated = values[places]
    for first, end in ((places + 1, after), (before, places), (nothing, everything)):
        agree = sums.agree(stated, first, end)
        found |= (agree | ~np.isfinite(stated)).all(axis=1) & agree.any(axis=1)
    return found


def _the_whole(sums: Sums, values: Floats, place: int) -> int:
    """What a row is that stands first or last and holds about as much as all the others: their total where some of its
    figures are sums, or unread. Any other city among counties may be one of them (县级市)."""
    if 0 < place < len(values) - 1:
        return RECORD
    first, end = np.zeros(1, np.int64), np.array([len(values)])
    stated = values[place]
    others = sums.of(first, end)[0]
    held = np.isfinite(stated) & (others > 0)
    if not held.any() or sums.counts(first, end)[0] < 2 or (stated < _MOST_OF * others)[held].any():
        return RECORD
    return TOTALS if (np.abs(stated - others) <= _ROUNDED * others)[held].any() else UNREAD
