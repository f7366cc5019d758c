"""What ``compare`` found for people: on a terminal and as Markdown."""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import islice

import numpy as np

from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.subjects import Subject
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import Trend, VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns, renamed
from communitycheck.planning.compare.side import NO_VERDICT, RunSide
from communitycheck.planning.compare.subjects import subjects_at
from communitycheck.printable import clip, one_line
from communitycheck.products.compare.lines import ChangeLine, Stand, alone_lines, change_lines
from communitycheck.reporting.document import Block, TableColumn
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import amounts, count, rate
from communitycheck.reporting.words.sentences import Wording

LISTED = 10  # lines of a list before the rest is counted
NAME = 30
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


def compare_blocks(found: ComparedRuns, wording: Wording, *, most: int | None) -> list[Block]:
    """The pages from the top; each list has ``most`` lines, None is all."""
    drawn = _Changes(found, wording, most)
    blocks = [drawn.head(), drawn.rules(), *(drawn.listed(change) for change in _LISTS)]
    blocks += [drawn.still(Trend.WORSE), drawn.still(Trend.BETTER)]
    if not found.in_part:
        blocks += [drawn.alone(come=False), drawn.alone(come=True)]
    blocks += [drawn.renamed(), drawn.questions(), drawn.several(), drawn.unused()]
    return [block for block in blocks if block is not None]


class _Changes:
    def __init__(self, found: ComparedRuns, wording: Wording, most: int | None) -> None:
        self.found, self.wording, self.say = found, wording, wording.say
        self.most = most

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
            (say("compare-column-before"), self._side(found.before)),
            (say("compare-column-after"), self._side(found.after)),
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
        block.lines = list(self._remarks())
        return block.without_blanks()

    def _side(self, side: RunSide) -> str:
        named = self.wording.listed(standard for standard, _ in side.standards)
        return self.say("compare-side", path=one_line(side.shown), day=side.day.isoformat(), standards=named)

    def _share(self, share: float) -> str:
        return rate(round(share * 10_000_000), 10_000_000) if share else "0%"

    def _remarks(self) -> Iterable[str]:
        say, found = self.say, self.found
        if not found.comparable:
            yield say("compare-why-not-comparable")
        for side, code in ((found.before, "compare-in-part-before"), (found.after, "compare-in-part-after")):
            if side.in_part:
                yield say(code)
        for side in (found.before, found.after):
            if side.unread:
                yield say("compare-unread", path=one_line(side.shown), n=count(side.unread))
        alone = [one for one in found.rules if one.changes.before is None or one.changes.after is None]
        names = {(one.changes.key.standard, one.changes.key.rule) for one in alone}
        names -= found.before.rules.keys() & found.after.rules.keys()
        if names:
            yield say("compare-rules-alone", n=count(len(names)))
        if changed := sum(one.another is True and one not in alone for one in found.rules):
            code = "compare-rules-changed" if found.judged_between else "compare-rules-changed-untold"
            yield say(code, n=count(changed))
        if any(one.another is None for one in found.rules):
            yield say("compare-rules-unknown")

    # the rules

    def rules(self) -> Block | None:
        say, found = self.say, self.found
        mark = not found.comparable
        columns = [TableColumn(say("column-rule"), wrap=True, least=14)]
        columns += [TableColumn(self._change(change), right=True, wrap=True, least=8) for change in _ALWAYS]
        trends = (say("compare-trend-better"), say("compare-trend-worse"))
        perhaps = (*trends, *(self._change(change) for change in _PERHAPS))
        columns += [TableColumn(title, right=True, named=True, wrap=True, least=6) for title in perhaps]
        columns += [
            TableColumn(say("compare-column-causes"), named=True, wrap=True, least=12),
            TableColumn(say("compare-column-comparable"), named=True, wrap=True, least=8),
        ]
        block = Block("compare-rules", say("compare-heading-rules"), columns=columns)
        quiet = 0
        for one in found.rules:
            changes = one.changes
            if not changes.change.any():
                quiet += 1
                continue
            block.add_row(
                self._rule(one),
                *(count(changes.count(change)) for change in _ALWAYS),
                *(_some(changes.count(VerdictChange.STILL_FAILING, trend)) for trend in (Trend.BETTER, Trend.WORSE)),
                *(_some(changes.count(change)) for change in _PERHAPS),
                self._causes(one),
                say("compare-not-comparable") if mark and not one.comparable else "",
                tone="bad" if changes.count(VerdictChange.NEWLY_FAILING) else "",
            )
        if quiet:
            block.lines.append(say("compare-rules-same", n=count(quiet)))
        return block.without_blanks() if block.rows or block.lines else None

    def _change(self, change: VerdictChange) -> str:
        return self.say(f"compare-{_hyphened(change.word)}")

    def _causes(self, one: ComparedRule) -> str:
        """Where the rule is another: how many changes come of what."""
        if one.another is False and not (one.cause == int(ChangeCause.DEADLINE)).any():
            return ""
        counts = {cause: int(np.count_nonzero(one.cause == int(cause))) for cause in ChangeCause if cause.value}
        return self.wording.listed(self._cause(cause, n) for cause, n in counts.items() if n)

    def _cause(self, cause: ChangeCause, n: int) -> str:
        return self.say("compare-cause-count", cause=self.say(f"compare-cause-{cause.word}"), n=count(n))

    def _rule(self, one: ComparedRule) -> str:
        rule, wording = one.changes.rule, self.wording
        name = f"{rule.key.rule} {one_line(rule.title.in_lang(wording.lang))}"
        return name + self.say("brackets", text=wording.entity(rule.key.entity)) if rule.kind.group else name

    # lists

    def listed(self, change: VerdictChange) -> Block | None:
        return self._lines(self._change(change), f"compare-{_hyphened(change.word)}", change, None)

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

    def _cells(self, one: ChangeLine) -> tuple[str, ...]:
        data = one.one.another is False and one.cause is ChangeCause.DATA
        cause = "" if one.cause is ChangeCause.NONE or data else self.say(f"compare-cause-{one.cause.word}")
        unit = one.one.changes.rule.unit
        return (
            one.one.changes.key.rule,
            self._name(one.subject, one.was),
            self.wording.region(one.subject),
            self._stand(one.before, unit),
            self._stand(one.after, unit),
            cause,
        )

    def _name(self, subject: Subject, was: Subject | None) -> str:
        name = clip(self.wording.name(subject), NAME)
        if was is None or was.name == subject.name:
            return name
        return self.say("compare-was", name=name, was=clip(self.wording.name(was), NAME))

    def _stand(self, one: Stand, unit: str) -> str:
        code = "compare-no-verdict" if one.outcome == NO_VERDICT else "outcome-" + _hyphened(one.outcome)
        word = self.say(code)
        figure = self._figure(one.observed, unit)
        return word + (self.say("brackets", text=figure) if figure else "")

    def _figure(self, value: Value, unit: str) -> str:
        if value is None or isinstance(value, bool):
            return ""
        if isinstance(value, tuple):
            ends = ("" if math.isinf(end) else amounts([end], unit, self.wording.lang)[0] for end in value)
            return self.wording.range(*ends)
        return amounts([value], unit, self.wording.lang)[0]

    def alone(self, *, come: bool) -> Block | None:
        say = self.say
        lines = list(islice(alone_lines(self.found, come=come), self.most))
        if not lines:
            return None
        total = sum(int((pairs.come if come else pairs.gone).sum()) for pairs in self.found.pairs.values())
        code = "compare-heading-come" if come else "compare-heading-gone"
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
                why = self.say(f"compare-doubt-{_hyphened(question.why.word)}")
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
            block.more = self.say("compare-more", n=count(total - len(block.rows)))
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
        more = say("compare-more", n=count(total - len(lines))) if total > len(lines) else ""
        return Block("compare-several", title, lines=[say("compare-several"), *lines], more=more)

    def unused(self) -> Block | None:
        say = self.say
        lines = [say(f"renames-unused-{one.why}", line=one.rename.line) for one in self.found.unused]
        return Block("compare-unused", say("compare-heading-unused"), lines=lines) if lines else None


def _hyphened(word: str) -> str:
    return word.replace("_", "-")


def _some(n: int) -> str:
    return count(n) if n else ""
