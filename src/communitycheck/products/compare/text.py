"""What ``compare`` found for people: on a terminal and as Markdown."""

from __future__ import annotations

from itertools import islice

import numpy as np

from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.subjects import Subject
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns, renamed
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.printable import clip, one_line
from communitycheck.products.compare.lines import ChangeLine, OnOneSide, alone_lines, change_lines, failing_come
from communitycheck.products.compare.words import NAME, ChangeWords, hyphened
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.words.numbers import count, rate
from communitycheck.reporting.words.sentences import Wording

LISTED = 10  # lines of a list before the rest is counted
_LISTS = (
    VerdictChange.NEWLY_FAILING,
    VerdictChange.FIXED,
    VerdictChange.NOT_DUE,
    VerdictChange.NO_LONGER_CHECKED,
    VerdictChange.NEWLY_CHECKED,
    VerdictChange.NEWLY_LISTED,
    VerdictChange.NO_LONGER_LISTED,
)
_ALWAYS = (VerdictChange.NEWLY_FAILING, VerdictChange.FIXED, VerdictChange.STILL_FAILING)
_PERHAPS = tuple(change for change in _LISTS if change not in _ALWAYS)


def compare_blocks(
    found: ComparedRuns, wording: Wording, *, most: int | None, more: str = "compare-more"
) -> list[Block]:
    """The pages from the top; each list has ``most`` lines, None is all; ``more`` is the code that says where the
    rest is."""
    drawn = _Changes(found, wording, most, more)
    blocks = [drawn.head(), drawn.rules(), *(drawn.listed(change) for change in _LISTS)]
    blocks.insert(3, drawn.failing_come())
    blocks += [drawn.still(Trend.WORSE), drawn.still(Trend.BETTER)]
    if not found.in_part:
        blocks += map(drawn.alone, OnOneSide)
    blocks += [drawn.renamed(), drawn.questions(), drawn.several(), drawn.unused()]
    return [block for block in blocks if block is not None]


class _Changes:
    def __init__(self, found: ComparedRuns, wording: Wording, most: int | None, more: str) -> None:
        self.found, self.wording, self.say = found, wording, wording.say
        self.most, self.more, self.words = most, more, ChangeWords(found, wording)

    # the head: who is compared with whom

    def head(self) -> Block:
        say, found = self.say, self.found
        block = Block("compare", say("compare-title"), columns=[
            TableColumn(say("column-entity"), wrap=True, least=16),
            TableColumn(say("compare-column-before"), right=True),
            TableColumn(say("compare-column-after"), right=True),
            *(
                TableColumn(say(f"compare-by-{rung.word}"), right=True, named=True, spare=True)
                for rung in Rung
                if rung.value
            ),
            TableColumn(say("compare-column-merged"), right=True, named=True, spare=True),
            TableColumn(say("compare-column-gone"), right=True),
            TableColumn(say("compare-column-come"), right=True),
            TableColumn(say("compare-column-unmatched"), right=True, named=True, wrap=True, least=10),
        ])  # fmt: skip
        block.pairs = [
            (say("compare-column-before"), self.words.side(found.before)),
            (say("compare-column-after"), self.words.side(found.after)),
        ]
        for kind, pairs in found.pairs.items():
            parts = int(pairs.parts.sum())
            unmatched = "" if found.in_part else self._share(pairs.unmatched)
            if not found.in_part and not pairs.comparable:
                unmatched += say("brackets", text=say("compare-not-comparable"))
            name = self.wording.entity(kind.entity)
            block.add_row(
                say("compare-groups", entity=name) if kind.group else name,
                count(len(pairs.before)), count(len(pairs.after)),
                *(_some(pairs.count(rung)) for rung in Rung if rung.value), _some(parts),
                "" if found.in_part else count(int(pairs.gone.sum())),
                "" if found.in_part else count(int(pairs.come.sum())),
                unmatched, tone="" if found.in_part or pairs.comparable else "doubt",
            )  # fmt: skip
        block.lines = list(self.words.remarks())
        return block.without_blanks()

    def _share(self, share: float) -> str:
        return rate(round(share * 10_000_000), 10_000_000) if share else "0%"

    # the rules

    def rules(self) -> Block | None:
        say, found = self.say, self.found
        mark = not found.comparable
        columns = [TableColumn(say("column-rule"), wrap=True, least=14)]
        columns += [TableColumn(self.words.change(change), right=True, wrap=True, least=8) for change in _ALWAYS]
        trends = (say("compare-trend-better"), say("compare-trend-worse"))
        perhaps = (*trends, *(self.words.change(change) for change in _PERHAPS))
        columns += [TableColumn(title, right=True, named=True, wrap=True, least=6) for title in perhaps]
        columns += [
            *(TableColumn(say(f"compare-column-failing-{where}"), right=True, named=True, wrap=True, least=8)
              for where in ("come", "gone")),
            TableColumn(say("compare-column-causes"), named=True, wrap=True, least=12),
            TableColumn(say("compare-column-comparable"), named=True, wrap=True, least=8),
        ]
        block = Block("compare-rules", say("compare-heading-rules"), columns=columns)
        quiet = 0
        for one in found.rules:
            changes = one.changes
            alone = {later: len(changes.failing_alone(later=later)) for later in (True, False)}
            if not changes.change.any() and not any(alone.values()):
                quiet += 1
                continue
            block.add_row(
                self.words.rule(one),
                *(count(changes.count(change)) for change in _ALWAYS),
                *(_some(changes.count(VerdictChange.STILL_FAILING, trend)) for trend in (Trend.BETTER, Trend.WORSE)),
                *(_some(changes.count(change)) for change in _PERHAPS),
                *map(_some, alone.values()),
                self._causes(one),
                say("compare-not-comparable") if mark and not one.comparable else "",
                tone="bad" if changes.count(VerdictChange.NEWLY_FAILING) or alone[True] else "",
            )
        if quiet:
            block.lines.append(say("compare-rules-same", n=count(quiet)))
        return block.without_blanks() if block.rows or block.lines else None

    def _causes(self, one: ComparedRule) -> str:
        """Where the rule is another: how many changes come of what."""
        if one.another is False and not (one.cause == int(ChangeCause.DEADLINE)).any():
            return ""
        counts = {cause: int(np.count_nonzero(one.cause == int(cause))) for cause in ChangeCause if cause.value}
        return self.wording.listed(
            self.say("compare-cause-count", cause=self.words.cause(cause), n=count(n))
            for cause, n in counts.items()
            if n
        )

    # lists

    def listed(self, change: VerdictChange) -> Block | None:
        return self._lines(self.words.change(change), f"compare-{hyphened(change.word)}", change, None)

    def still(self, trend: Trend) -> Block | None:
        title = self.say(f"compare-still-{trend.word}")
        return self._lines(title, "compare-still", VerdictChange.STILL_FAILING, trend)

    def _lines(self, title: str, key: str, change: VerdictChange, trend: Trend | None) -> Block | None:
        say = self.say
        block = Block(key, title, columns=[
            TableColumn(say("column-rule"), wrap=True, least=8),
            TableColumn(say("column-name"), wrap=True, least=10),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("compare-column-before"), wrap=True, least=10),
            TableColumn(say("compare-column-after"), wrap=True, least=10),
            TableColumn(say("compare-column-cause"), named=True, wrap=True, least=6),
        ])  # fmt: skip
        total = 0
        for one in self.found.rules:
            where = one.changes.change == int(change)
            if trend is not None:
                where = where & (one.changes.trend == int(trend))
            places = np.flatnonzero(where).astype(np.int32)
            left = len(places) if self.most is None else max(self.most - total, 0)
            for found in change_lines(self.found, one, places[:left]):
                block.add_row(*self._cells(found), tone="bad" if change is VerdictChange.NEWLY_FAILING else "")
            total += len(places)
        if not total:
            return None
        return self._closed(block, total)

    def failing_come(self) -> Block | None:
        """Who fails now and was not listed before: nobody can say what became of him."""
        say, total = self.say, 0
        block = Block("compare-failing-come", say("compare-failing-come"), columns=[
            TableColumn(say("column-rule"), wrap=True, least=8),
            TableColumn(say("column-name"), wrap=True, least=10),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("compare-column-after"), wrap=True, least=10),
        ])  # fmt: skip
        for one in self.found.rules:
            places = one.changes.failing_alone(later=True)
            left = len(places) if self.most is None else max(self.most - total, 0)
            for subject, now in failing_come(self.found, one, places[:left]):
                stand = self.words.stand(now, one.changes.rule.unit)
                name, region = self.words.name(subject, None), self.wording.region(subject)
                block.add_row(one.changes.key.rule, name, region, stand, tone="bad")
            total += len(places)
        return self._closed(block, total)

    def _cells(self, one: ChangeLine) -> tuple[str, ...]:
        data = one.one.another is False and one.cause is ChangeCause.DATA
        cause = "" if data else self.words.cause(one.cause)
        unit = one.one.changes.rule.unit
        return (
            one.one.changes.key.rule,
            self.words.name(one.subject, one.was),
            self.wording.region(one.subject),
            self.words.stand(one.before, unit),
            self.words.stand(one.after, unit),
            cause,
        )

    def alone(self, where: OnOneSide) -> Block | None:
        say = self.say
        lines = list(islice(alone_lines(self.found, where), self.most))
        if not lines:
            return None
        total = sum(int(where.among(pairs).sum()) for pairs in self.found.pairs.values())
        code = f"compare-heading-{hyphened(where.value)}"
        block = Block(code, say(code), columns=[
            TableColumn(say("column-entity"), wrap=True, least=4),
            TableColumn(say("column-name"), wrap=True, least=10),
            TableColumn(say("column-code"), named=True),
            TableColumn(say("column-region"), spare=True),
            TableColumn(say("compare-column-failed"), right=True),
        ])  # fmt: skip
        for one in lines:
            who = one.subject
            block.add_row(
                self.wording.entity(who.entity), clip(self.wording.name(who), NAME), one_line(who.code),
                self.wording.region(who), count(one.failed),
            )  # fmt: skip
        return self._closed(block, total)

    def renamed(self) -> Block | None:
        say = self.say
        block = self._two_sided("compare-heading-renamed")
        total = 0
        for pairs in self.found.pairs.values():
            here = renamed(pairs)
            some = here if self.most is None else here[: max(self.most - total, 0)]
            total += len(here)
            both = pairs.sides(some, pairs.matched.found[some])
            for k, (was, now) in zip(some.tolist(), both, strict=True):
                how = say(f"compare-how-{Rung(int(pairs.matched.how[k])).word}")
                block.add_row(self._who(was), self._who(now), how)
        return self._closed(block, total)

    def questions(self) -> Block | None:
        block = self._two_sided("compare-heading-questions")
        total = 0
        for pairs in self.found.pairs.values():
            asked = pairs.matched.questions
            some = asked if self.most is None else asked[: max(self.most - total, 0)]
            total += len(asked)
            here, there = (np.array(rows, np.int32) for rows in ([q.here for q in some], [q.there for q in some]))
            for question, (was, now) in zip(some, pairs.sides(here, there), strict=True):
                why = self.say(f"compare-doubt-{hyphened(question.why.word)}")
                block.add_row(self._who(was), self._who(now), why, tone="doubt")
        return self._closed(block, total)

    def _two_sided(self, code: str) -> Block:
        say = self.say
        return Block(code, say(code), columns=[
            TableColumn(say("compare-column-before"), wrap=True, least=16),
            TableColumn(say("compare-column-after"), wrap=True, least=16),
            TableColumn(say("compare-column-how"), wrap=True, least=12),
        ])  # fmt: skip

    def _closed(self, block: Block, total: int) -> Block | None:
        if not total:
            return None
        block.title = self._counted(block.title, total)
        if total > len(block.rows):
            block.more = self.say(self.more, n=count(total - len(block.rows)))
        return block.without_blanks()

    def _counted(self, title: str, n: int) -> str:
        code = "compare-counted" if self.found.comparable else "compare-counted-not-comparable"
        return self.say(code, title=title[:1].upper() + title[1:], n=count(n))

    def _who(self, subject: Subject) -> str:
        place = "/".join(one_line(name) for name in subject.region[-2:])
        parts = (clip(self.wording.name(subject), NAME), place, one_line(subject.code))
        return self.say("compare-who", name=parts[0], region=parts[1], own_code=parts[2])

    def several(self) -> Block | None:
        say = self.say
        lines, total = [], 0
        for pairs in self.found.pairs.values():
            for side, table, mask in (
                ("before", pairs.before, pairs.matched.several),
                ("after", pairs.after, pairs.matched.several_there),
            ):
                rows = np.flatnonzero(mask).astype(np.int32)
                some = rows if self.most is None else rows[: max(self.most - total, 0)]
                total += len(rows)
                for subject in subjects_at(table, some):
                    named = say(f"compare-column-{side}")
                    lines.append(say("compare-several-line", side=named, who=self._who(subject)))
        if not total:
            return None
        title = self._counted(say("compare-heading-several"), total)
        more = say(self.more, n=count(total - len(lines))) if total > len(lines) else ""
        return Block("compare-several", title, lines=[say("compare-several"), *lines], more=more)

    def unused(self) -> Block | None:
        say = self.say
        lines = [say(f"renames-unused-{one.why}", line=one.rename.line) for one in self.found.unused]
        return Block("compare-unused", say("compare-heading-unused"), lines=lines) if lines else None


def _some(n: int) -> str:
    return count(n) if n else ""
