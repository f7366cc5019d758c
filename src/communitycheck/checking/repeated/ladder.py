"""The whole ladder by which the subjects of two runs are matched.

What somebody declares comes first, then code, then name within region (``identity``). Beyond that a subject is matched
where a careful reader has no doubt: name and place stay and the code is new, or the place stays and the name has
another ending (红旗村, 红旗社区). Where the place is not known to be the same, it is a question.
"""

from __future__ import annotations

from enum import IntEnum

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.identity import Identity, paired
from communitycheck.checking.repeated.keys import Keys, code_places, settled_streets, where_twice
from communitycheck.model.table import Bools, Bytes, Ints

MOST_NAMESAKES = 50  # that are looked at for each name
PART = -2  # declared to be part of something: no single subject of the other side stands for it


class Rung(IntEnum):
    """How two records are known to be of one subject."""

    NONE = 0
    CODE = 1
    NAME = 2  # within its region
    RECODED = 3  # name and place are the same; both have a code that the other side does not know
    ENDING = 4  # the place is the same, and the name but for its ending
    DECLARED = 5

    @property
    def word(self) -> str:
        return self.name.lower()


class MatchDoubt(IntEnum):
    """Why two records may be of one subject and nobody knows."""

    CODE_ELSEWHERE = 0  # one code; another name in another place
    CODE_OR_NAME = 1  # by its code it is one record of the other side, by its name another
    NEW_CODE = 2  # one name; two codes, and it is not known to be one place
    OTHER_ENDING = 3  # one name but for its ending, and it is not known to be one place
    ONE_OF_SEVERAL = 4  # one name, which several bear in places that the other side does not tell apart
    SAME_NAME = 5  # one name, at most one code, and it is not known to be one place

    @property
    def word(self) -> str:
        return self.name.lower()


class MatchQuestion(Struct, frozen=True):
    """Places of two records, one of each side, that may be of one subject."""

    here: int
    there: int
    why: MatchDoubt


class Matched(Struct, frozen=True):
    """What became of the subjects of one side (``here``) on the other (``there``); all are places among these.

    Attributes:
        found: for each of ``here`` the one ``there``; -1 where there is none.
        how: by which ``Rung``.
        several, several_there: those that stand several times on their side, so that nobody knows which is meant.
    """

    found: Ints
    how: Bytes
    several: Bools
    several_there: Bools
    questions: tuple[MatchQuestion, ...]


class Declared(Struct, frozen=True):
    """What somebody declares: for each of ``here`` the place of its subject ``there``; -1 where nothing is declared,
    ``PART`` where it is and not of one to one. ``parts_there`` are those of the other side of which it is."""

    found: Ints
    parts_there: Bools


def matched(identity: Identity, here: Ints, there: Ints, declared: Declared | None = None) -> Matched:
    """Match the records ``here`` with those ``there``."""
    climb = _Climb(identity, here, there, declared)
    if len(here) and len(there):
        climb.run()
    return Matched(
        climb.found, climb.how, *climb.repeated(), tuple(sorted(climb.questions, key=lambda q: (q.here, q.there)))
    )


class _Climb:
    """Which steps are taken: a record that is found, or in doubt, or ``closed`` takes no further one."""

    def __init__(self, identity: Identity, here: Ints, there: Ints, declared: Declared | None) -> None:
        self.identity, self.here, self.there = identity, here, there
        self.found = np.full(len(here), -1, np.int32) if declared is None else declared.found.copy()
        self.closed = self.found == PART
        self.found[self.closed] = -1
        self.how = np.where(self.found >= 0, np.uint8(Rung.DECLARED), np.uint8(Rung.NONE))
        self.closed_there = np.zeros(len(there), bool) if declared is None else declared.parts_there.copy()
        self.questions: list[MatchQuestion] = []

    def run(self) -> None:
        identity, here, there = self.identity, self.here, self.there
        identity.places = settled_streets(identity.table, identity.places, here, there)
        self._by_code()
        closed = self.closed | (self.found >= 0)
        identity.by_name(here, there, self.found, np.zeros(len(here), bool), closed, self.closed_there)
        self._note(Rung.NAME)
        self._alike_in_name(Rung.RECODED, MatchDoubt.NEW_CODE)
        self._alike_in_name(Rung.ENDING, MatchDoubt.OTHER_ENDING)
        self._one_of_several()

    def repeated(self) -> tuple[Bools, Bools]:
        """Who is not matched and stands several times on its own side, by code or, without one, by name and place."""
        open_there = np.ones(len(self.there), bool)
        open_there[self.found[self.found >= 0]] = False
        return (
            self._twice(self.here, (self.found < 0) & ~self.closed),
            self._twice(self.there, open_there & ~self.closed_there),
        )

    def _twice(self, rows: Ints, left: Bools) -> Bools:
        """Who of those that are left stands several times among all."""
        if not left.any():
            return left
        identity = self.identity
        codes = identity.codes[rows]
        found, uncoded = where_twice(codes), rows[codes < 0]
        if len(uncoded):
            placed = identity.placed(identity.names.borne_by(uncoded), identity.stated_by_some(rows, rows))
            found |= where_twice(np.where(codes < 0, placed[rows], -1))
        return found & left

    def _note(self, rung: Rung) -> None:
        self.how[(self.found >= 0) & (self.how == int(Rung.NONE))] = rung

    def _open(self) -> tuple[Bools, Bools]:
        """Who is still looked for, and who may still be found."""
        free = ~self.closed_there
        free[self.found[self.found >= 0]] = False
        return (self.found < 0) & ~self.closed, free

    def _by_code(self) -> None:
        identity, here, there = self.identity, self.here, self.there
        by_code, _ = paired(identity.codes[here], identity.codes[there])
        open_, free = self._open()
        by_code[~open_ | (by_code >= 0) & ~free[by_code]] = -1
        odd = identity.elsewhere(here, there, by_code)
        self._ask(np.flatnonzero(odd).astype(np.int32), by_code[odd], MatchDoubt.CODE_ELSEWHERE)
        # By its code it is one, by its name in its region another.
        other = there[by_code]
        renamed = (by_code >= 0) & ~odd & identity.renamed(here, other)
        if renamed.any():
            names = identity.names.borne_by(np.concatenate([here[renamed], other[renamed]]))
            keys = identity.placed(names, identity.stated_by_some(here, there))
            named, _ = paired(keys[here], keys[there])
            torn = renamed & (named >= 0) & (named != by_code)
            back, _ = paired(keys[there], keys[here])
            torn |= renamed & (back[by_code] >= 0) & (back[by_code] != np.arange(len(here)))
            self._ask(np.flatnonzero(torn).astype(np.int32), by_code[torn], MatchDoubt.CODE_OR_NAME)
            odd |= torn
        fits = (by_code >= 0) & ~odd
        self.found[fits] = by_code[fits]
        self._note(Rung.CODE)

    def _alike_in_name(self, rung: Rung, doubt: MatchDoubt) -> None:
        """Those whose name and place are those of one record, and that neither side has under another code."""
        identity, here, there = self.identity, self.here, self.there
        open_, free = self._open()
        if not open_.any() or not free.any():
            return
        names, bare = self._names(here[open_], rung)
        # Whether a name stands there once is asked of all who bear it, and these are few.
        borne = np.zeros(int(names.max(initial=-1)) + 2, bool)
        borne[names[here[open_]]] = True
        borne[-1] = False  # no name
        mine, theirs = (np.flatnonzero(borne[names[rows]]).astype(np.int32) for rows in (here, there))
        if not len(theirs):
            return
        for levels in (identity.stated_by_some(here, there), self._common()):
            keys = identity.placed(names, levels)
            named, _ = paired(keys[here[mine]], keys[there[theirs]])
            some = np.flatnonzero(named >= 0)
            at, found = mine[some], theirs[named[some]]
            one, other = here[at], there[found]
            open_, free = self._open()
            fits = open_[at] & free[found] & ~self._known(one, other) & identity.alike(one, other)
            sure = fits & (self._in_one_place(one, other) | self._ending_left_out(one, other, bare))
            self.found[at[sure]] = found[sure]
            self._note(rung)
            coded = (identity.codes[one] >= 0) & (identity.codes[other] >= 0)
            uncoded = MatchDoubt.SAME_NAME if doubt is MatchDoubt.NEW_CODE else doubt
            for which, why in ((coded, doubt), (~coded, uncoded)):
                self._ask(at[fits & ~sure & which], found[fits & ~sure & which], why)

    def _one_of_several(self) -> None:
        """Ask of those whose name several bear, as far as both sides tell the place."""
        identity, here, there = self.identity, self.here, self.there
        open_, free = self._open()
        several, several_there = self.repeated()  # whom nothing tells apart on their own side is told of as such
        mine, theirs = np.flatnonzero(open_ & ~several), np.flatnonzero(free & ~several_there)
        if not len(mine) or not len(theirs):
            return
        keys = identity.placed(identity.names.borne_by(here[mine]), self._common())
        ones, others = keys[here[mine]], keys[there[theirs]]
        _, torn = paired(ones, others)
        mine, ones = mine[torn], ones[torn]
        order = np.argsort(others, kind="stable")
        first, after = (np.searchsorted(others[order], ones, side=side) for side in ("left", "right"))
        count = np.minimum(after - first, MOST_NAMESAKES)
        at = np.repeat(np.arange(len(mine)), count)
        nth = np.arange(len(at)) - np.repeat(np.cumsum(count) - count, count)
        one, other = mine[at], theirs[order[first[at] + nth]]
        codes = identity.codes
        apart = (codes[here[one]] >= 0) & (codes[there[other]] >= 0)  # two codes are two subjects
        fits = ~apart & identity.alike(here[one], there[other])
        asked, places = np.unique(one[fits], return_index=True)
        self._ask(asked.astype(np.int32), other[fits][places].astype(np.int32), MatchDoubt.ONE_OF_SEVERAL)
        self.closed_there[other[fits]] = True

    def _names(self, rows: Ints, rung: Rung) -> tuple[Keys, Bools | None]:
        """The names of some records, or these without their endings, as numbers, and which have no ending."""
        names = self.identity.names
        return names.stems_borne_by(rows) if rung is Rung.ENDING else (names.borne_by(rows), None)

    def _known(self, one: Ints, other: Ints) -> Bools:
        """Whose code the other side knows as somebody's."""
        codes = self.identity.codes
        ones, others = codes[one], codes[other]
        known: Bools = np.isin(ones, codes[self.there]) & (ones >= 0)
        return known | (np.isin(others, codes[self.here]) & (others >= 0))

    def _common(self) -> list[str]:
        """The levels that all records of both sides state."""
        identity = self.identity
        return [
            level
            for level, numbers in identity.places.items()
            if (numbers[self.here] >= 0).all() and (numbers[self.there] >= 0).all()
        ]

    def _in_one_place(self, here: Ints, other: Ints) -> Bools:
        """Where the narrowest region that one can lie in is known to be the same, or the codes begin as that does."""
        identity = self.identity
        prefixes = code_places(identity.table, np.concatenate([here, other]))
        mine, theirs = prefixes[: len(here)], prefixes[len(here) :]
        same: Bools = (mine == theirs) & (mine >= 0)
        if identity.places:
            nearest = list(identity.places.values())[-1]
            same |= (nearest[here] == nearest[other]) & (nearest[here] >= 0)
        return same

    def _ending_left_out(self, here: Ints, other: Ints, bare: Bools | None) -> Bools:
        """Where one of two names has no ending at all, and at most one of them a code: 红旗 and 红旗社区."""
        identity = self.identity
        if bare is None or not identity.apart:
            return np.zeros(len(here), bool)
        apart = identity.places[identity.apart]
        placed = (apart[here] == apart[other]) & (apart[here] >= 0)
        coded = (identity.codes[here] >= 0) & (identity.codes[other] >= 0)
        left_out: Bools = (bare[here] | bare[other]) & placed & ~coded
        return left_out

    def _ask(self, at: Ints, found: Ints, why: MatchDoubt) -> None:
        """What may be one subject is matched no further."""
        self.questions += [MatchQuestion(k, n, why) for k, n in zip(at.tolist(), found.tolist(), strict=True)]
        self.closed[at] = True
        self.closed_there[found] = True
