"""The items of an assessment sheet: what each judges, compiled like a rule, and how that earns points."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from math import inf
from typing import Any

from msgspec import Struct
from msgspec.structs import replace

from communitycheck.errors import RuleFileError
from communitycheck.model.expression import Number
from communitycheck.model.rule import Rule
from communitycheck.model.scores.score import Band, ScoreItem, Way
from communitycheck.model.standard import Limit
from communitycheck.model.text import Text
from communitycheck.model.units import measure_of
from communitycheck.nearest import nearest
from communitycheck.standards.compile import compile_rule
from communitycheck.standards.files.assessment_shapes import BandIn, ScoreIn, ScoreItemIn
from communitycheck.standards.files.schema import RuleBody
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.formulas import Formulas, plain_quantity
from communitycheck.standards.language.quantities import parse_quantity
from communitycheck.standards.language.side import clean
from communitycheck.standards.raw_rule import RawRule
from communitycheck.standards.scoring.bands import LOWER, UPPER, BandRow, End, ordered

_AMOUNTS = ("weight", "bonus", "penalty")
# What an item says of how it earns points, by way; of these an item has one.
_WAYS: dict[str, Way] = {
    "rule": "rule",
    "if": "if",
    "tiers": "tiers",
    "deduct": "deduct",
    "each": "each",
    "manual": "manual",
}
# What else may stand beside it.
_JUDGED = frozenset({"where", "indicator", "unit", "plausible"})
_BESIDE: dict[Way, frozenset[str]] = {
    "rule": frozenset(),
    "if": frozenset({"where"}),
    "manual": frozenset(),
    "full": _JUDGED | {"points", "tolerance"},
    "proportional": _JUDGED | {"points", "none_below", "floor", "cap"},
    "tiers": _JUDGED,
    "deduct": _JUDGED | {"per", "floor"},
    "each": _JUDGED | {"per", "cap"},
}
_OPTIONAL = ("where", "indicator", "unit", "tolerance", "plausible", "points", "none_below", "per", "floor", "cap")
_RULE_KEYS = ("where", "indicator", "unit", "tolerance", "plausible")


class ScoreFile(Struct, frozen=True):
    """Where a score stands, and what its formulas and references are read by."""

    shape: ScoreIn
    file: YamlFile
    path: Path_
    layer: str
    standard: str
    formulas: Formulas
    rules: Mapping[str, Rule]
    written: Collection[str] | None

    def fault(self, code: str, path: Path_, **values: object) -> RuleFileError:
        whole = (*self.path, *path)
        return RuleFileError(code, file=self.file.name, line=self.file.line(whole), key=dotted(whole), **values)

    def named_rule(self, name: str, path: Path_) -> Rule | None:
        """A rule of the standard, which has to judge what the score is about; None where that has a fault itself."""
        rule = self.rules.get(name)
        if rule is None and (self.written is None or name in self.written):
            return None
        if rule is None:
            raise self.fault("score-rule-unknown", path, name=name, near=nearest(name, self.written or ()))
        by = (self.shape.by,) if self.shape.by else ()
        if rule.manual is None and (rule.applies_to != self.shape.applies_to or rule.by != by):
            found = " ".join((rule.applies_to, *(f"by {level}" for level in rule.by)))
            wanted = " ".join((self.shape.applies_to, *(f"by {level}" for level in by)))
            raise self.fault("score-rule-subjects", path, name=name, found=found, wanted=wanted)
        return rule

    def own_rule(
        self, name: str, title: Text, path: Path_, keys: dict[str, Any], condition: str = ""
    ) -> tuple[RawRule, Rule]:
        """What stands here as a rule of its own, which no report counts.

        Args:
            condition: the key of what has to hold, where it is no ``indicator``.
        """
        by = [self.shape.by] if self.shape.by else None
        shown = self.shape.items[0].title.model_copy(update={"zh": title.zh, "en": title.en})
        body = RuleBody.model_construct(
            title=shown, applies_to=self.shape.applies_to, by=by, **{k: v for k, v in keys.items() if v is not None}
        )
        raw = RawRule(name, body, self.layer, self.file, (*self.path, *path))
        try:
            rule = compile_rule(raw, self.standard, self.formulas)
        except RuleFileError as error:
            if condition and error.code == "rule-by-without-aggregate":
                raise self.fault("score-region-condition", (*path, condition), level=self.shape.by) from error
            if condition and (error.key or "").endswith(".indicator"):
                own = (*self.path, *path, condition)
                error.line, error.key = self.file.line(own), dotted(own)
            raise
        return raw, replace(rule, id=f"{self.shape.id}/{name}", severity="advisory")


def compile_item(home: ScoreFile, raw: ScoreItemIn, path: Path_) -> ScoreItem:
    """One item of the sheet.

    Raises:
        RuleFileError: with file, line and key.
    """
    return _Item(home, raw, path).compiled()


class _Item:
    def __init__(self, home: ScoreFile, raw: ScoreItemIn, path: Path_) -> None:
        self.home = home
        self.raw = raw
        self.path = path
        self.title = Text(raw.title.zh, raw.title.en)

    def compiled(self) -> ScoreItem:
        raw = self.raw
        kinds = [key for key in _AMOUNTS if getattr(raw, key) is not None]
        if len(kinds) != 1:
            raise self._fault("score-item-amount", kinds[1] if kinds else None)
        kind = kinds[0]
        most = float(getattr(raw, kind))
        if most < 0:
            raise self._fault("score-points-negative", kind)
        way = self._way(kind)
        rule, found = self._rule(way), self._raw
        floor, cap = self._ends(most, way)
        item = ScoreItem(
            id=raw.id,
            title=self.title,
            clause=raw.clause,
            section=self._section(),
            kind="weight" if kind == "weight" else "bonus" if kind == "bonus" else "penalty",
            way=way,
            most=most,
            floor=floor,
            cap=cap,
            rule=rule,
            note=Text(raw.note.zh, raw.note.en),
            line=self.home.file.line((*self.home.path, *self.path)) or 0,
        )
        match way:
            case "proportional":
                return replace(item, none_below=self._none_below(found))
            case "tiers":
                assert rule is not None
                return replace(item, bands=self._bands(most, rule))
            case "deduct" | "each":
                assert rule is not None
                step = raw.deduct if way == "deduct" else raw.each
                if step is None or step <= 0:
                    raise self._fault("score-step", way)
                return replace(item, step=step, per=self._per(rule))
            case _:
                return item

    def _fault(self, code: str, key: str | int | None = None, **values: object) -> RuleFileError:
        path = self.path if key is None else (*self.path, key)
        return self.home.fault(code, path, item=self.raw.id, **values)

    def _written(self, key: str) -> Any:
        return getattr(self.raw, "if_" if key == "if" else key)

    def _way(self, kind: str) -> Way:
        """How it earns points; what does not go with that is refused."""
        ways = [key for key in _WAYS if self._written(key) is not None]
        compared = list(self.raw.compared)
        if len(ways) + bool(compared) != 1:
            raise self._fault("score-item-way", (ways + compared)[-1] if ways or compared else None)
        proportional = self.raw.points == "proportional"
        way: Way = _WAYS[ways[0]] if ways else "proportional" if proportional else "full"
        if kind == "penalty" and way not in ("rule", "if", "each", "manual"):
            raise self._fault("score-penalty-way", (ways + compared)[0])
        if kind != "penalty" and way == "if":
            raise self._fault("score-if", "if")
        if kind != "weight" and way == "deduct":
            raise self._fault("score-deduct", "deduct")
        for key in _OPTIONAL:
            if self._written(key) is not None and key not in _BESIDE[way]:
                beside = ways[0] if ways else f"points: {way}" if proportional else compared[0]
                raise self._fault("score-key-beside", key, name=key, beside=beside)
        if way in ("tiers", "deduct", "each") and self.raw.indicator is None:
            raise self._fault("score-indicator", ways[0], name=ways[0])
        return way

    _raw: RawRule | None = None

    def _rule(self, way: Way) -> Rule | None:
        raw = self.raw
        if way == "manual":
            return None
        if way == "rule":
            assert raw.rule is not None
            rule = self.home.named_rule(raw.rule, (*self.path, "rule"))
            return None if rule is None or rule.manual is not None else rule
        keys = {key: getattr(raw, key) for key in _RULE_KEYS}
        keys |= raw.compared
        if way == "if":
            keys |= {"indicator": raw.if_, "is": True}
        elif way in ("tiers", "deduct", "each"):
            return self._measured()
        elif way == "proportional" and not ({"at_least", "more_than"} & raw.compared.keys()):
            raise self._fault("score-proportional", next(iter(raw.compared)))
        self._raw, rule = self.home.own_rule(raw.id, self.title, self.path, keys, "if" if way == "if" else "")
        return rule

    def _measured(self) -> Rule:
        """What is counted, in the unit that the item's own quantities state: 4 items/1000 persons, not 0.004 a person.

        Where it is counted by the step, the least is none of it.
        """
        quantities = self._quantities()
        stated = (one for one in quantities if any(sign.isalpha() or sign in "%‰" for sign in one[1]))
        path, text = next(stated, quantities[0] if quantities else ((), "0"))
        if self.raw.tiers is not None:
            rule = self._with_limit(path, text)
            in_parts = any(written.startswith("0.") for _, written in quantities)  # so is a 1 among them
            asked = self._with_limit(path, text, "at_most") if path and path[-1] in UPPER else rule
            told = [one for one in asked.remarks if not (in_parts and one[0] == "lint-bare-one")]
            return replace(rule, remarks=tuple(told))
        rule = self._with_limit(path, text, "at_most")
        assert rule.threshold is not None
        nothing = replace(rule.threshold, limits=(Limit(Number(0.0, rule.dimension)),))
        return replace(rule, threshold=nothing)

    def _quantities(self) -> list[tuple[Path_, str]]:
        """The quantities beside the indicator, as they are written, and where."""
        raw = self.raw
        if raw.tiers is None:
            return [] if raw.per is None else [(("per",), raw.per)]
        found: list[tuple[Path_, str]] = [
            (("tiers", i, key), getattr(band, key))
            for i, band in enumerate(raw.tiers)
            for key in (*LOWER, *UPPER)
            if getattr(band, key) is not None
        ]
        if not found:
            raise self._fault("score-band-ends", "tiers")
        return found

    def _section(self) -> str:
        section, known = self.raw.section, [one.id for one in self.home.shape.sections]
        if section is not None and section not in known:
            raise self._fault("score-section-unknown", "section", name=section, near=nearest(section, known))
        if section is None and known:
            raise self._fault("score-section-missing", None, known=", ".join(known))
        return section or ""

    def _ends(self, most: float, way: Way) -> tuple[float, float]:
        cap = most if self.raw.cap is None else self.raw.cap
        floor = 0.0 if self.raw.floor is None else self.raw.floor
        if not 0 <= floor <= cap <= most:
            raise self._fault("score-floor-cap", "floor" if self.raw.floor is not None else "cap", most=f"{most:.12g}")
        return floor, cap

    def _none_below(self, raw: RawRule | None) -> float:
        if self.raw.none_below is None:
            return 0.0
        assert raw is not None
        number = plain_quantity(raw, "none_below", self.raw.none_below, self.home.formulas)
        if number.dimension not in (None, "ratio") or not 0 <= number.value <= 1:
            raise self._fault("score-none-below", "none_below", text=self.raw.none_below)
        return number.value

    def _with_limit(self, key: Path_, text: str, comparison: str = "at_least") -> Rule:
        """The item as a rule that holds its indicator against the quantity at ``key``."""
        keys = {k: getattr(self.raw, k) for k in _RULE_KEYS} | {comparison: text}
        try:
            return self.home.own_rule(self.raw.id, self.title, self.path, keys)[1]
        except RuleFileError as error:
            if (error.key or "").endswith(f".{comparison}"):
                own = (*self.home.path, *self.path, *key)
                error.line, error.key = self.home.file.line(own), dotted(own)
            raise

    def _quantity(self, key: Path_, text: str, rule: Rule) -> float:
        """A number in the unit of ``rule``, the item's own; read as a limit of it would be."""
        read = self._with_limit(key, text)
        assert read.threshold is not None
        node = read.threshold.limits[0].value
        if not isinstance(node, Number):
            raise self.home.fault("score-plain-number", (*self.path, *key), item=self.raw.id, text=text)
        if not read.dimension or not rule.dimension:
            return node.value
        units = self.home.formulas.dictionary.units
        ratio = measure_of(read.dimension, units)[1] / measure_of(rule.dimension, units)[1]
        return node.value if ratio == 1 else clean(node.value * ratio)

    def _per(self, rule: Rule) -> float:
        if self.raw.per is None:
            if rule.dimension == "ratio":
                raise self._fault("score-per", None)
            return self._quantity(("deduct" if self.raw.deduct is not None else "each",), "1", rule)
        per = self._quantity(("per",), self.raw.per, rule)
        stated = parse_quantity(self.raw.per)
        if rule.dimension == "ratio" and stated is not None and stated.dimension is None and stated.value >= 1:
            raise self._fault("score-per", "per")  # 1 is all of it, or a hundredth
        if per <= 0:
            raise self._fault("score-step", "per")
        return per

    def _bands(self, most: float, rule: Rule) -> tuple[Band, ...]:
        tiers = self.raw.tiers or []
        rows = [self._row(i, band, rule) for i, band in enumerate(tiers)]

        def fault(code: str, path: Path_, **values: object) -> RuleFileError:
            return self.home.fault(code, path, item=self.raw.id, **values)

        found = ordered(rows, fault, least=0.0, most=inf)
        return tuple(Band(end.value, end.included, self._points(k, tiers[k], most)) for k, end in found)

    def _points(self, k: int, band: BandIn, most: float) -> float:
        points = most if band.points == "full" else band.points
        if points is None or not 0 <= points <= most:
            raise self.home.fault("score-tier-points", (*self.path, "tiers", k), item=self.raw.id, most=f"{most:.12g}")
        return float(points)

    def _row(self, i: int, band: BandIn, rule: Rule) -> BandRow:
        path: Path_ = ("tiers", i)
        ends: list[End | None] = []
        for pair, including in ((LOWER, "at_least"), (UPPER, "up_to")):
            given = [key for key in pair if getattr(band, key) is not None]
            if len(given) > 1:
                raise self.home.fault("score-band-two-ends", (*self.path, *path, given[1]), names=" / ".join(pair))
            ends.append(
                End(self._quantity((*path, given[0]), getattr(band, given[0]), rule), given[0] == including)
                if given
                else None
            )
        return BandRow((*self.path, *path), ends[0], ends[1])
