"""Records of one subject count once in their group: with what they agree on, and where they differ with all it may be.

Of a record that may be of another's subject or of a namesake nobody knows whether it counts, and the other's figure may
be its own.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

import numpy as np
from msgspec import Struct

from communitycheck.checking.repeated.same_subject import Places, SameSubjects
from communitycheck.model.expression import Node
from communitycheck.model.expression.values import Tru
from communitycheck.model.table import Bools, Floats, Ints


class Agreed(Struct):
    """What the records of each subject say together; it stands at the record that counts.

    ``asked`` by all of them, ``perhaps`` by some; ``differ`` marks subjects of which they say different things.
    """

    asked: Bools
    perhaps: Bools
    differ: Bools


class Once(Struct):
    """Which records of a group context are of one subject. ``silent`` tells where a record's sheet has no column for
    what an expression reads: there the other records of the subject speak for it."""

    pairs: SameSubjects
    n: int
    silent: Callable[[Node], Bools]

    def within(self, groups: Ints) -> Once | None:
        """The same for records that are taken together group by group; None where each is of another subject."""
        pairs = self.pairs.within(groups)
        return Once(pairs, self.n, self.silent) if pairs else None

    def picked(self, members: Ints) -> Once:
        return Once(self.pairs.picked(members, self.n), len(members), lambda node: self.silent(node)[members])

    @property
    def again(self) -> Bools:
        """Records of a subject that another record counts for."""
        return self._marked(self.pairs.same)

    @property
    def doubtful(self) -> Bools:
        """Records that may be of another's subject."""
        return self._marked(self.pairs.perhaps)

    def scope(self, where: Node | None, scope: Tru) -> Tru:
        """Who counts, each subject once."""
        yes, no = scope.yes.copy(), scope.no.copy()
        if where is not None:
            self.truths(where, yes, no, np.ones(self.n, bool))
        again = self.again
        yes[again | self.doubtful] = False
        no[again] = True
        return Tru(yes, no, scope.na)

    def truths(self, node: Node, yes: Bools, no: Bools, asked: Bools) -> Agreed:
        """Change ``yes`` and ``no`` of the records that count to what all records of their subject agree on."""
        own_yes, own_no = yes.copy(), no.copy()
        found = Agreed(asked.copy(), asked.copy(), np.zeros(self.n, bool))
        yes |= ~asked
        no |= ~asked
        for heads, others, mute in self._speaking(node):
            for truth in (yes, no):
                truth[mute] = True
                np.logical_and.at(truth, heads, truth[others])
            self._asked(found, heads, others, mute)
        yes &= found.perhaps
        no &= found.perhaps
        found.differ = (own_yes & ~yes) | (own_no & ~no)
        return found

    def numbers(self, node: Node, low: Floats, high: Floats, blank: Bools, asked: Bools, *, apart: bool) -> Agreed:
        """Change the bounds of the records that count to all that the records of their subject say.

        Args:
            apart: a record that may be of another subject adds its own figure, so that it does not raise the other's.
        """
        own_low, own_high, open_ = low.copy(), high.copy(), blank.copy()
        found = Agreed(asked.copy(), asked.copy(), np.zeros(self.n, bool))
        low[~asked], high[~asked], blank[~asked] = np.inf, -np.inf, False
        for round_, (heads, others, mute) in enumerate(self._speaking(node)):
            low[mute], high[mute], blank[mute] = np.inf, -np.inf, False
            np.minimum.at(low, heads, low[others])
            if not (round_ and apart):
                np.maximum.at(high, heads, high[others])
            elif len(mute):
                here = np.isin(heads, mute)
                np.maximum.at(high, heads[here], high[others[here]])
            np.logical_or.at(blank, heads, blank[others])
            self._asked(found, heads, others, mute)
        none = low > high
        low[none], high[none] = np.nan, np.nan
        found.differ = asked & ~open_ & ~none & ((low != own_low) | (high != own_high))
        return found

    def _asked(self, found: Agreed, heads: Places, others: Places, mute: Places) -> None:
        found.asked[mute], found.perhaps[mute] = True, False
        np.logical_and.at(found.asked, heads, found.asked[others])
        np.logical_or.at(found.perhaps, heads, found.perhaps[others])

    def _speaking(self, node: Node) -> Iterator[tuple[Places, Places, Places]]:
        """Pairs of a record that counts and another that says something, first those of one subject, and the records
        of the former that say nothing themselves."""
        silent = self.silent(node).copy()
        for heads, others in ((self.pairs.kept, self.pairs.same), (self.pairs.beside, self.pairs.perhaps)):
            says = ~silent[others]
            mute = np.unique(heads[says & silent[heads]])
            yield heads[says], others[says], mute
            silent[mute] = False

    def _marked(self, places: Places) -> Bools:
        found = np.zeros(self.n, bool)
        found[places] = True
        return found
