"""Why a verdict is what it is, in a sentence.

``Wording`` holds what every format needs to put a report into words; formats differ in layout alone.
"""

from __future__ import annotations

import math

from communitycheck.model.baseline import BaselineState
from communitycheck.model.expression import Call, Name
from communitycheck.model.expression.calendar_days import DATE
from communitycheck.model.result import (
    MEMBER_CELL,
    MEMBER_REPEATED,
    ONLY_EARLIER,
    Outcome,
    Reason,
    Twins,
    Untold,
    Verdict,
)
from communitycheck.model.standard import Rule
from communitycheck.model.subjects import Impossible
from communitycheck.model.table import State
from communitycheck.model.text import Text
from communitycheck.model.waiver import OwnExplanation, Waiver
from communitycheck.patterns import pattern
from communitycheck.printable import clip, one_line
from communitycheck.reporting.words.figures import Figures, FigureWords
from communitycheck.reporting.words.numbers import amount, stated, together

_BRACES = pattern(r"\{(\w+)\}")
QUOTED = 60  # characters of a cell that a sentence quotes
EXPLAINED = 200  # of an explanation
CELLS_NAMED = 5  # how many cells a sentence names before it only counts the rest


class Wording(FigureWords):
    """Names, figures, and the sentences of verdicts made with them."""

    def reason(self, v: Verdict, figures: Figures | None = None) -> str:
        """Why the verdict is what it is: observed, required, what is missing and what closes it, or the cells."""
        figures = figures or self.figures(v)
        if v.reason in (Reason.MET, Reason.MISSED):
            parts = self._judged(v, figures)
            if v.reason is Reason.MISSED and v.rule.advice is not None:
                parts.append(self._own(v.rule.advice, v, figures))
        elif v.reason is Reason.MANUAL and v.rule.manual is not None:
            parts = [one_line(v.rule.manual.in_lang(self.lang)) or self.say("reason-manual")]
        else:
            parts = [self._not_judged(v, figures)]
        if v.outcome in (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE):
            parts += self._dates(v)
        if v.open_severity and v.outcome not in (Outcome.PASS, Outcome.NOT_APPLICABLE):
            cells = self.cells(v.troubled, v.rule.standard, v.impossible) or self.say("cells-unknown")
            parts.append(self.say("severity-open", cells=cells, severity=self.severity(v.rule.severity)))
        if v.baseline is not BaselineState.NONE:
            parts.append(self.say(f"baseline-{v.baseline.word.replace('_', '-')}"))
        if v.waiver is not None:
            parts.append(self.excuse(v.waiver))
        return self.say("semicolon").join(p for p in parts if p)

    def _judged(self, v: Verdict, figures: Figures) -> list[str]:
        sentence = self.say(
            v.reason.code, observed=self._observed(v, figures), required=self.limit(v.rule, figures.required)
        )
        if v.reason is Reason.MET:
            return [sentence]
        others = self._others(v)
        if v.rule.message is not None:
            return [self._own(v.rule.message, v, figures), others]
        if others:
            sentence += self.say("comma") + others
        elif v.missing_items:
            sentence += self.say("comma") + self.say("short-items", items=figures.missing)
        elif figures.missing:
            code = v.rule.threshold.comparison.shortfall_code if v.rule.threshold else "short-below"
            code = "short-off" if v.rule.unit == DATE else code
            short = self.say(code, value=figures.missing)
            sentence += self.say("comma") + (self.say("short-least", text=short) if is_least(v) else short)
        lever = v.rule.lever
        if v.add is not None and figures.add and is_share(v.rule):
            return [sentence, self._surely(v, self.say("lever-subjects", n=together([v.add])[0]))]
        if not figures.add or lever is None or v.rule.indicator == Name(lever):
            return [sentence]  # the shortfall already says what to add
        code, add = "lever-add", figures.add
        if v.add is not None and v.add < 0:
            code, add = "lever-remove", figures.add.removeprefix("-")
        return [sentence, self._surely(v, self.say(code, field=self.label(lever, v.rule.standard), value=add))]

    def _surely(self, v: Verdict, text: str) -> str:
        """What closes the fail of a group with blanks closes it whatever these hold, and may be more than it takes."""
        return self.say("lever-surely", text=text) if v.blanks else text

    def excuse(self, one: Waiver | OwnExplanation) -> str:
        """What a fail is excused by: who approved it and until when, or what the return says."""
        if isinstance(one, OwnExplanation):
            return self.say("explained", text=clip(one_line(one.reason), EXPLAINED))
        return self.say("waived", terms=self.terms(one))

    def excuse_mark(self, one: Waiver | OwnExplanation | None) -> str:
        """A word behind a fail that is excused."""
        return "" if one is None else self.say("explained-mark" if isinstance(one, OwnExplanation) else "waived-mark")

    def terms(self, one: Waiver | OwnExplanation | None) -> str:
        """The reason, who approved it and until when; of an explanation what the return says."""
        if one is None or isinstance(one, OwnExplanation):
            return "" if one is None else one_line(one.reason)
        said = {"approver": one.approver, "document": one.document}
        days = {"until": one.until, "remedy_by": one.remedy_by}
        return self.say(
            "waiver-terms",
            reason=one_line(one.reason),
            **{key: one_line(text) for key, text in said.items()},
            **{key: "" if day is None else day.isoformat() for key, day in days.items()},
        )

    def own_words(self, v: Verdict, figures: Figures) -> str:
        """The rule's own message and advice, as far as it has them, about this fail."""
        texts = (text for text in (v.rule.message, v.rule.advice) if text is not None)
        return self.say("semicolon").join(self._own(text, v, figures) for text in texts)

    def _own(self, text: Text, v: Verdict, figures: Figures) -> str:
        """The rule's own words, with what they name in braces."""
        none = self.say("none")
        short, held = figures.missing or none, v.rule.threshold
        values = {
            "name": v.subject.name,
            "observed": figures.observed or none,
            "required": figures.required.removeprefix(held.comparison.prefix if held else "").strip() or none,
            "shortfall": self.say("own-short-least", text=short) if figures.missing and is_least(v) else short,
        }
        words = text.in_lang(self.lang)
        return one_line(_BRACES.sub(lambda found: str(values[found[1]]), words))

    def _others(self, v: Verdict) -> str:
        """What other records have to do with a fail: those that say the same, or the list that lacks what it says."""
        if v.twins is not None:
            return self.say("same-as", others=self._twins(v.twins))
        if v.unlisted is not None:
            kind, key, value = v.unlisted
            said = {"key": self.label(key, v.rule.standard), "value": one_line(value), "entities": self.entities(kind)}
            return self.say("not-listed-among", **said)
        return self.say("comma").join(self._written(key, text, v.rule.standard) for key, text in v.written)

    def _written(self, key: str, text: str, standard: str) -> str:
        return self.say("written-in", field=self.label(key, standard), text=clip(one_line(text), QUOTED))

    def _twins(self, twins: Twins) -> str:
        named = self.listed(self.say("twin", name=one_line(twin.name), cell=twin.cell) for twin in twins.named)
        n = twins.more + (len(twins.named) if self.lang == "zh" else 0)
        return self.say("same-as-more", others=named, n=n) if twins.more else named

    def lever(self, rule: Rule) -> str:
        """What is added to close a shortfall: a field, or subjects that meet the rule; empty where nothing is."""
        if is_share(rule):
            return self.say("lever-of-share")
        return self.label(rule.lever, rule.standard) if rule.lever else ""

    def to_add(self, rule: Rule, value: float | None, unit: str, missing: str) -> str:
        """The amount with the name of what it is added to; empty where the shortfall, ``missing``, says as much."""
        if not value or not math.isfinite(value):
            return ""
        if is_share(rule):
            return self.say("lever-share", n=together([value])[0])
        add = amount(value, unit or self.unit_of(rule.lever or "", rule.standard), self.lang)
        if add == missing or rule.indicator == Name(rule.lever or ""):
            return ""
        code = "lever-amount" if value > 0 else "lever-less"
        return self.say(code, lever=self.lever(rule), value=add.removeprefix("-"))

    def _observed(self, v: Verdict, figures: Figures) -> str:
        value = figures.observed or self.say("none")
        if v.observed is None and v.reason is Reason.MISSED:
            fraction = self.fraction(v, figures)
            return self.say("observed-of-nothing", value=fraction and self.say("brackets", text=fraction))
        if isinstance(v.observed, bool):
            fraction = self.fraction(v, figures) if v.denominator == 0 else ""
            return self.say("observed-truth", value=value) + (fraction and self.say("brackets", text=fraction))
        if figures.whole:
            text = self.say("observed-fraction", part=figures.part, whole=figures.whole, value=value)
        else:
            text = self.say("observed-value", value=value)
        text += self.say("observed-gaps", gaps=figures.gaps) if figures.gaps else ""
        return text + (self.say("counted-again", n=figures.again) if figures.again else "")

    def _not_judged(self, v: Verdict, figures: Figures) -> str:
        cells = self.cells(v.troubled, v.rule.standard, v.impossible)
        if v.remarks:
            said = [self.say("remark-at", cell=cell, text=one_line(text)) for cell, text in v.remarks]
            cells = self.say("semicolon").join([cells, *said])
        if v.untold:
            told = [cells] if any(state is not State.ABSENT for _, state, _ in v.troubled) else []
            cells = self.say("semicolon").join([*told, *(self._untold(one, v.rule.standard) for one in v.untold)])
        if v.reason is Reason.IMPLAUSIBLE:
            spots = " ".join(v.cells)
            cells = self.say("brackets", text=spots) if spots else ""
        elif not cells and v.unlisted is not None:
            table, key, value = v.unlisted
            code = "table-empty-row" if v.reason is Reason.NOT_LAID_DOWN else "table-no-row"
            cells = self.say(code, table=table, key=self.label(key, v.rule.standard), value=one_line(value))
        elif not cells and isinstance(v.required, bool) and v.cells:
            cells = self.say("cells-leave-open", cells=" ".join(v.cells))
        elif not cells and v.reason not in (Reason.NOT_LAID_DOWN, Reason.BLANKS_UNDECIDED):
            cells = self.say("cells-unknown")
        observed = figures.observed or self.say("none")
        if v.reason in (Reason.BLANKS_UNDECIDED, Reason.REPEATS_UNDECIDED):
            observed = self.full(figures)
            observed += self.say("counted-again", n=figures.again) if figures.again else ""
        code = v.reason.code
        if v.reason is Reason.IMPLAUSIBLE and v.observed is None:
            code = "reason-implausible-of-nothing"
        elif v.reason is Reason.UNDECIDED and (v.untold or any(s is not State.ABSENT for _, s, _ in v.troubled)):
            code = "reason-undecided-cells"
        return self.say(code, observed=observed, required=self.limit(v.rule, figures.required), cells=cells)

    def _untold(self, one: Untold, standard: str) -> str:
        """Why a record elsewhere gives no value."""
        if one.code == ONLY_EARLIER:
            return self.say(one.code, field=self.label(one.key, standard), day=one.of, cell=one_line(one.cell))
        if one.code == "and-cells":
            return self.say(one.code, n=int(one.of))
        if one.code == MEMBER_REPEATED:
            return self.say(one.code, name=one_line(one.of), cell=one_line(one.cell))
        if one.code == MEMBER_CELL:
            cells = self.cells(((one.key, one.state, one_line(one.cell)),), standard)
            return self.say(one.code, name=one_line(one.of), cells=cells)
        if one.cell:
            return self.say(one.code, cells=self.cells(((one.key, one.state, one_line(one.cell)),), standard))
        if one.code.startswith("earlier"):
            return self.say(one.code, day=one.of)
        return self.say(one.code, entities=self.entities(one.of), field=self.label(one.key, standard))

    def _dates(self, v: Verdict) -> list[str]:
        parts = []
        if v.rule.due is not None and v.outcome is not Outcome.PASS:
            code = "due-ahead" if v.outcome is Outcome.NOT_DUE else "due-past"
            parts.append(self.say(code, due=v.rule.due.isoformat()))
        standard = self.standards.get(v.rule.standard)
        horizon = standard.horizon if standard else None
        if horizon is not None and self.as_of is not None and self.as_of > horizon:
            parts.append(self.say("past-horizon", horizon=horizon.isoformat()))
        return parts

    def cells(
        self,
        troubled: tuple[tuple[str, State, str], ...],
        standard: str = "",
        impossible: tuple[Impossible, ...] = (),
    ) -> str:
        """``F12 空白（综合服务设施面积）；…``: the cells that gave no value. Absent columns only if nothing else.

        Of figures that contradict each other both are named, with the rule that says so.
        """
        told = {key for one in impossible for key, _ in one.figures}
        present = [t for t in troubled if t[1] is not State.ABSENT] or list(troubled)
        present = [t for t in present if t[1] is not State.CONTRADICTED or t[0] not in told]
        named = [self.impossible(one, standard) for one in impossible[:CELLS_NAMED]]
        for key, state, cell in present[:CELLS_NAMED]:
            code = f"{'cell' if cell or state is State.ABSENT else 'nocell'}-{state.name.lower()}"
            named.append(self.say(code, cell=cell, field=self.label(key, standard)))
        if len(present) > CELLS_NAMED:
            named.append(self.say("and-cells", n=len(present) - CELLS_NAMED))
        return self.say("semicolon").join(named)

    def impossible(self, one: Impossible, standard: str) -> str:
        """The figures that cannot be beside each other, by which rule's range."""
        by, fields = one.by, [(self.label(key, standard), cell) for key, cell in one.figures]
        low, high = ("" if end is None else stated(end, by.unit, self.lang) for end in (by.low, by.high))
        cells = self.listed(self.say("figure-at", field=field, cell=cell) if cell else field for field, cell in fields)
        code = "cells-contradicted" if len(fields) > 1 else "cell-implausible"
        rule = self.key_of_rule(by.rule, by.standard)
        return self.say(code, cells=cells, rule=rule, range=self.range(low, high))


def is_least(v: Verdict) -> bool:
    """True where only bounds are known, so that the shortfall is the least that is missing."""
    ranged = v.rule.threshold is not None and v.rule.threshold.comparison.form == "range"
    return isinstance(v.observed, tuple) or (isinstance(v.required, tuple) and not ranged)


def is_share(rule: Rule) -> bool:
    """True for the share of a group's records, whose gap is closed by more records, not by more of a field."""
    return isinstance(rule.indicator, Call) and rule.indicator.function == "share"
