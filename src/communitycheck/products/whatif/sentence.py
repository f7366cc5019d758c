"""The answer in a sentence or two, for those who decide."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from communitycheck.model.places.regions import RegionIndex
from communitycheck.model.result import Outcome
from communitycheck.model.rule import Rule
from communitycheck.planning.compare.changes import VerdictChange
from communitycheck.planning.whatif.effects import JudgedOnce, RegionEffect, RuleEffect
from communitycheck.planning.whatif.lever_effects import LeverEffect
from communitycheck.printable import clip, one_line
from communitycheck.products.whatif.found import FoundCurve, FoundWhatIf
from communitycheck.reporting.words.numbers import amounts, count, rate, stated
from communitycheck.reporting.words.sentences import Wording

NAMED = 3  # regions or groups that a sentence names
NAME = 40  # characters of a name


class EffectWords:
    """Names and figures of effects, the wording of the run before beside that of the run after."""

    def __init__(self, found: FoundWhatIf, was: Wording, now: Wording) -> None:
        self.found, self.was, self.now, self.say = found, was, now, now.say
        self.index = RegionIndex()

    def rule(self, rule: Rule) -> str:
        return f"{self.now.rule_id(rule)} {self.now.rule_title(rule)}"

    def limits(self, effect: RuleEffect) -> tuple[str, str]:
        """The limit before and after, as tables print it."""
        return self.was.threshold(effect.before.rule), self.now.threshold(effect.after.rule)

    def numbers(self, effect: RuleEffect) -> tuple[float, float] | None:
        """The limit before and after, where each is one number."""
        found = []
        for wording, rule in ((self.was, effect.before.rule), (self.now, effect.after.rule)):
            held = rule.threshold
            limit = None if held is None or wording.as_of is None else held.at(wording.as_of)
            value = None if limit is None or held is None or held.comparison.form != "limit" else wording.constant(
                limit.value, rule)  # fmt: skip
            if value is None:
                return None
            found.append(value)
        return found[0], found[1]

    def level(self, effect: RuleEffect) -> tuple[str, list[RegionEffect]]:
        """The level asked for; else the widest that tells several regions apart."""
        asked, levels = self.found.level, effect.levels()
        for level in [asked] if asked in levels else [] if asked else levels:
            assert level is not None
            regions = effect.regions(level, self.index)
            if regions and (asked or len(regions) > 1):
                return level, regions
        return "", []

    def rate(self, judged: JudgedOnce) -> str:
        counts = judged.counts()
        return rate(counts[Outcome.PASS], counts[Outcome.PASS] + counts[Outcome.FAIL])

    # sentences

    def sentences(self) -> Iterator[str]:
        for effect in self.found.effects:
            yield self.effect(effect)
        yield from map(self.lever, self.found.levers)
        for one in self.found.curves:
            yield from self.curve(one)
        shown = {(one.rule.standard, one.rule.id) for one in self.found.effects}
        shown |= {(one.curve.rule.standard, one.curve.rule.id) for one in self.found.curves}
        shown |= {(one.standard, one.id) for one in self.found.hanging}
        for rule in self.found.hanging:
            yield self.say("whatif-hangs-on-span", rule=self.rule(rule))
        waiting = self.found.after.fields_in_question()
        for result in self.found.after.results:
            key = result.rule.standard, result.rule.id
            if key not in shown and result.checked and result.rule.manual is None and len(result):
                shown.add(key)
                yield self.say("whatif-not-side-by-side", rule=self.rule(result.rule))
            asked = [key for key in result.lacking if key in waiting]
            for code, keys in (
                ("whatif-waits", asked),
                ("whatif-lacking", [key for key in result.lacking if key not in waiting]),
            ):
                if keys:
                    fields = [
                        self.now.entities(key) if key in self.now.dictionary.entities else self.now.label(key)
                        for key in keys
                    ]
                    yield self.say(code, rule=self.rule(result.rule), fields=self.now.listed(fields))

    def effect(self, effect: RuleEffect) -> str:
        """If the limit is raised, so many will fail."""
        say, rule = self.say, effect.rule
        failing, fixed = (effect.count(c) for c in (VerdictChange.NEWLY_FAILING, VerdictChange.FIXED))
        unknown = effect.after.counts()[Outcome.NO_DATA]
        before, after = self.rate(effect.before), self.rate(effect.after)
        kind = self.now.rule_entity(rule)
        result = say(
            "whatif-changes" if failing or fixed else "whatif-changes-none",
            failing=self._so_many("whatif-failing", failing, kind),
            where=self._where(effect) if failing else "",
            fixed=self._so_many("whatif-fixed", fixed, kind),
            comma=say("comma") if failing and fixed else "",
        )
        code = "whatif-rates-same" if before == after else "whatif-rates"
        rates = say(code, before=before, after=after) if before and after else ""
        more = say("whatif-unknown", n=count(unknown)) if unknown else ""
        condition = self._condition(effect)
        return say("whatif-sentence", condition=condition, result=result, rates=rates, unknown=more)

    def lever(self, one: LeverEffect) -> str:
        """What the new limit takes beyond the one in force."""
        label, unit = self.label(one), one.lever.shown_unit
        after, before = (stated(end.least, unit, self.now.lang) for end in (one.after, one.before))
        money = "" if one.cost_more is None else stated(abs(one.cost_more), "yuan", self.now.lang)
        more = "" if one.more is None else stated(abs(one.more), unit, self.now.lang)
        unknown = count(one.after.open) if one.after.open else ""
        stuck = {"none": count(one.after.none), "others": count(one.after.short) if one.after.short else ""}
        return self.say(
            self._takes(one), lever=label, after=after, before=before, more=more, money=money, unknown=unknown, **stuck
        )

    def _takes(self, one: LeverEffect) -> str:
        """The code of the sentence that says what a limit takes."""
        if one.after.none:
            return "whatif-takes-none"
        if one.more is None:  # no amount helped before
            return "whatif-takes-now"
        return "whatif-takes-same" if not one.more else "whatif-takes-more" if one.more > 0 else "whatif-takes-less"

    def label(self, one: LeverEffect) -> str:
        """The lever, with the kind of subject where several have it."""
        alike = [other for other in self.found.levers if other.lever.key == one.lever.key]
        label = self.now.label(one.lever.key, one.standard)
        return label if len(alike) == 1 else label + self.say("brackets", text=self.now.entity(one.entity))

    def _so_many(self, code: str, n: int, entity: str) -> str:
        kind = self.now.entity(entity) if n == 1 else self.now.entities(entity)
        return self.say(code, n=count(n), kind=kind) if n else ""

    def _condition(self, effect: RuleEffect) -> str:
        numbers, (was, now) = self.numbers(effect), self.limits(effect)
        name = self.rule(effect.rule)
        if numbers is not None and numbers[0] != numbers[1] and effect.before.rule.unit == effect.rule.unit:
            low, high = amounts(list(numbers), effect.rule.unit, self.now.lang)
            code = "whatif-raised" if numbers[1] > numbers[0] else "whatif-lowered"
            return self.say(code, rule=name, was=low, now=high)
        if was != now:
            return self.say("whatif-replaced", rule=name, was=was or self.say("none"), now=now or self.say("none"))
        return self.say("whatif-same" if not effect.changed else "whatif-otherwise", rule=name, now=now)

    def _where(self, effect: RuleEffect) -> str:
        """The regions in which most newly fail; of groups, who does."""
        _, regions = self.level(effect)
        worst = sorted((one for one in regions if one.newly_failing), key=lambda one: -one.newly_failing)[:NAMED]
        if worst:
            named = [
                self.say("whatif-in-region", name=self.region(one), n=count(one.newly_failing)) for one in worst
            ]
            return self.now.listed(named)
        if effect.table is None:
            some = effect.changing(VerdictChange.NEWLY_FAILING)
            return self.now.listed(clip(self.now.name(v.subject), NAME) for v in effect.after.verdicts(some[:NAMED]))
        return ""

    def region(self, one: RegionEffect) -> str:
        return clip(one_line(one.path[-1] if one.path else ""), NAME) or self.say("region-unnamed")

    def curve(self, one: FoundCurve) -> Iterator[str]:
        """At which limit the share asked for would pass, and how many pass at both ends."""
        curve, rate_wanted = one.curve, self.found.rate
        unit, lang = curve.rule.unit, self.now.lang
        if not len(curve):
            yield self.say("whatif-curve-empty", rule=self.rule(curve.rule))
            return
        for k in dict.fromkeys((self.place(one, one.low), self.place(one, one.high))):
            passed, judged = int(curve.passed[k]), int(curve.passed[k] + curve.missed[k])
            yield self.say(
                "whatif-at-limit", limit=self._in_words(one, k), n=count(passed), of=count(judged),
                rate=rate(passed, judged) or self.say("none"), unknown=count(int(curve.unknown[k])) if curve.unknown[k]
                else "",
            )  # fmt: skip
        if rate_wanted is None:
            return
        share = rate(round(rate_wanted * 1_000_000), 1_000_000)
        ends = [curve.strictest(rate_wanted, unknown=which) for which in ("left out", "miss", "pass")]
        at, least, most = ("" if end is None else amounts([end], unit, lang, end)[0] for end in ends)
        place = curve.strictest_place(rate_wanted)
        code = "whatif-rate-never" if place is None else "whatif-rate-under" if curve.open[place] else "whatif-rate-at"
        limit = "" if ends[0] is None else self.now.limit(curve.rule, self.limit(one, ends[0]))
        under = "" if place is None else amounts([float(curve.written[place])], unit, lang)[0]
        yield self.say(code, rate=share, limit=limit, under=under, rule=self.rule(curve.rule))
        if (least, most) != (at, at):
            never = self.say("whatif-nowhere")
            yield self.say("whatif-rate-band", least=least or never, most=most or never)

    def _in_words(self, one: FoundCurve, place: int) -> str:
        text = self.limits_at(one, [place])[0]
        return text if one.curve.open[place] else self.now.limit(one.curve.rule, text)

    def limits_at(self, one: FoundCurve, places: Sequence[int]) -> list[str]:
        """Limits of the curve in print, so that those that differ look different."""
        curve = one.curve
        texts = amounts(curve.written[list(places)].tolist(), curve.rule.unit, self.now.lang)
        return [
            self.say("whatif-under", limit=text) if curve.open[k] else curve.comparison.prefix + text
            for k, text in zip(places, texts, strict=True)
        ]

    def limit(self, one: FoundCurve, value: float) -> str:
        return one.curve.comparison.prefix + amounts([value], one.curve.rule.unit, self.now.lang, value)[0]

    def place(self, one: FoundCurve, limit: float) -> int:
        """Where a limit stands in the curve."""
        limits = one.curve.limits
        return int(abs(limits - limit).argmin())
