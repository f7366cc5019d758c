"""The fails that are new or worse, a line each, for formats that build servers read."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.model.table import Ints
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns
from communitycheck.planning.compare.new_fails import lost_answers, new_fails
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.products.compare.lines import CHUNK, ChangeLine, Stand, change_lines, stands
from communitycheck.products.compare.words import ChangeWords
from communitycheck.reporting.words.numbers import count


class NewFail(Struct, frozen=True):
    """A fail, what was before (None: its subject was not there), and where it stands (None: a group of records)."""

    line: ChangeLine
    before: Stand | None
    at: Address | None

    @property
    def worse(self) -> bool:
        return self.line.change is VerdictChange.STILL_FAILING


class GatedRule(Struct, frozen=True, eq=False):
    """A rule with the places of its fails that are new or worse, and how many answers were lost; what it advises
    fails no build."""

    one: ComparedRule
    places: Ints
    change_of: Ints
    lost: int

    @property
    def binding(self) -> bool:
        return self.one.changes.rule.severity != "advisory"

    @property
    def worse(self) -> int:
        known = self.change_of[self.change_of >= 0]
        return int(np.count_nonzero(self.one.changes.change[known] == int(VerdictChange.STILL_FAILING)))

    @property
    def new(self) -> int:
        return len(self.places) - self.worse

    @property
    def id(self) -> str:
        key = self.one.changes.key
        return f"{key.standard}/{key.rule}"

    def lines(self, found: ComparedRuns, most: int | None = None) -> Iterator[NewFail]:
        """Its fails, in the order of the later run."""
        changes = self.one.changes
        after = changes.after
        if after is None:
            return
        pairs, places = found.pairs[changes.kind], found.after.places.get(changes.kind)
        some, known = self.places[:most], self.change_of[:most]
        for start in range(0, len(some), CHUNK):
            at, change_of = some[start : start + CHUNK], known[start : start + CHUNK]
            rows = after.rows[at]
            stand = places.at(rows) if places is not None else [None] * len(rows)
            told = change_lines(found, self.one, change_of[change_of >= 0])
            for subject, now, address, k in zip(
                subjects_at(pairs.after, rows), stands(after, at), stand, change_of.tolist(), strict=True
            ):
                if k >= 0:
                    one = next(told)
                    yield NewFail(one, one.before, address)
                    continue
                alone = ChangeLine(
                    self.one, subject, None, VerdictChange.NEWLY_FAILING, Trend.NONE, ChangeCause.NONE, Stand(""), now
                )
                yield NewFail(alone, None, address)


def gated_rules(found: ComparedRuns) -> list[GatedRule]:
    """The rules of both sides, those of the later one first."""
    return [GatedRule(one, *new_fails(one), lost_answers(one)) for one in found.rules]


def name_in_words(one: NewFail, words: ChangeWords) -> str:
    """The subject with its region."""
    line = one.line
    parts = (words.wording.region(line.subject), words.name(line.subject, line.was))
    return "/".join(part for part in parts if part)


def sentence(one: NewFail, words: ChangeWords, *, place: bool) -> str:
    """What became worse, from what, and why."""
    line, say = one.line, words.say
    unit = line.one.changes.rule.unit
    if one.worse:
        what = say("compare-gate-worse" if line.trend is Trend.WORSE else "compare-gate-unknown")
    else:
        what = words.change(VerdictChange.NEWLY_FAILING)
    return say(
        "compare-gate-line",
        what=what,
        name=name_in_words(one, words),
        after=words.stand(line.after, unit),
        required=words.figure(line.after.required, unit),
        short=words.figure(line.after.short, unit),
        before=say("compare-gate-not-listed") if one.before is None else words.stand(one.before, unit),
        cause=words.cause(line.cause),
        place=words.wording.place(one.at) if place else "",
    )


def totals_in_words(one: GatedRule, words: ChangeWords) -> str:
    """How many are new, worse, and without an answer now."""
    lost = count(one.lost) if one.lost else ""
    return words.say("compare-gate-totals", new=count(one.new), worse=count(one.worse), lost=lost)
