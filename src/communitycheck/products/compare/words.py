"""How what ``compare`` found is put into words, whatever the format."""

from __future__ import annotations

from collections.abc import Iterator

from communitycheck.model.subjects import Subject
from communitycheck.planning.compare.causes import ChangeCause
from communitycheck.planning.compare.changes import VerdictChange
from communitycheck.planning.compare.comparison import ComparedRule, ComparedRuns
from communitycheck.planning.compare.side import NO_VERDICT, RunSide
from communitycheck.printable import clip, one_line
from communitycheck.products.compare.lines import Stand
from communitycheck.reporting.summary import columns_to_confirm
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import count
from communitycheck.reporting.words.phrases import causes_in_words
from communitycheck.reporting.words.sentences import Wording

NAME = 30  # letters of a subject's name


class ChangeWords:
    """The words of one comparison."""

    def __init__(self, found: ComparedRuns, wording: Wording) -> None:
        self.found, self.wording, self.say = found, wording, wording.say

    def side(self, side: RunSide) -> str:
        named = self.wording.listed(standard for standard, _ in side.standards)
        return self.say("compare-side", path=one_line(side.shown), day=side.day.isoformat(), standards=named)

    def remarks(self) -> Iterator[str]:
        """What has to be known of the two sides, the gravest first."""
        say, found = self.say, self.found
        if found.in_reverse:
            sides = {"before": found.before, "after": found.after}
            days = {f"{name}_day": str(side.stated or side.day) for name, side in sides.items()}
            yield say("compare-in-reverse", **{name: one_line(side.shown) for name, side in sides.items()}, **days)
        if not found.comparable:
            yield say("compare-why-not-comparable")
        if found.whole and not found.answered:
            yield say("compare-no-answer")
        for side, code in ((found.before, "compare-in-part-before"), (found.after, "compare-in-part-after")):
            if side.in_part:
                yield say(code)
        for side in (found.before, found.after):
            if side.unread:
                yield say("compare-unread", path=one_line(side.shown), n=count(side.unread))
        for side in (found.before, found.after):
            if said := self.left_open(side):
                yield said
            for label, text in columns_to_confirm(side.asked, self.wording, several=True):
                yield say("summary-pair", label=label, value=text) if label else text
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

    def left_open(self, side: RunSide) -> str:
        """What of a side was not read or not placed; empty where all was."""
        if not side.open:
            return ""
        why = causes_in_words(side.open, "", self.wording)
        return self.say("compare-left-open", path=one_line(side.shown), why=why)

    def rule(self, one: ComparedRule) -> str:
        rule, wording = one.changes.rule, self.wording
        name = f"{rule.key.rule} {one_line(rule.title.in_lang(wording.lang))}"
        return name + self.say("brackets", text=wording.entity(rule.key.entity)) if rule.kind.group else name

    def change(self, change: VerdictChange) -> str:
        return self.say(f"compare-{hyphened(change.word)}")

    def cause(self, cause: ChangeCause) -> str:
        return "" if cause is ChangeCause.NONE else self.say(f"compare-cause-{cause.word}")

    def name(self, subject: Subject, was: Subject | None) -> str:
        """The subject, with what it was called where that is another name."""
        name = clip(self.wording.name(subject), NAME)
        if was is None or was.name == subject.name:
            return name
        return self.say("compare-was", name=name, was=clip(self.wording.name(was), NAME))

    def stand(self, one: Stand, unit: str) -> str:
        """An outcome with its figure: ``fail (390 m²)``."""
        code = "compare-no-verdict" if one.outcome == NO_VERDICT else "outcome-" + hyphened(one.outcome)
        figure = self.figure(one.observed, unit)
        return self.say(code) + (self.say("brackets", text=figure) if figure else "")

    def figure(self, value: Value, unit: str) -> str:
        """A figure with its unit; empty where there is none, or it is yes or no."""
        if value is None or isinstance(value, bool):
            return ""
        (text,) = self.wording.known_as([value if isinstance(value, tuple) else (value, value)], unit)
        return text


def hyphened(word: str) -> str:
    return word.replace("_", "-")
