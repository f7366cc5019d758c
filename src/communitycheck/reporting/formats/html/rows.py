"""What the HTML page works with: its verdicts, capped, the most urgent first, and the counts of every region.

Verdicts are picked over arrays and put into words one by one, so that a report of any size costs no more than the cap.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator

import numpy as np
import numpy.typing as npt
from msgspec import Struct

from communitycheck.model.address import Address
from communitycheck.model.places.regions import Numbers
from communitycheck.model.report import Report
from communitycheck.model.result import OUTCOMES, Outcome, RuleResult
from communitycheck.model.standard import SEVERITIES
from communitycheck.model.waiver import OwnExplanation
from communitycheck.printable import escaped, one_line
from communitycheck.reporting.formats.html.region_tree import RegionTree
from communitycheck.reporting.rates import region_rate
from communitycheck.reporting.totals.rules import group_verdicts
from communitycheck.reporting.words.figures import Value
from communitycheck.reporting.words.numbers import clean
from communitycheck.reporting.words.phrases import ShortPlaces
from communitycheck.reporting.words.sentences import Wording

# How many verdicts are listed: what fails, what could not be judged, and (with all verdicts) the rest.
SHARES: tuple[tuple[tuple[Outcome, ...], int], ...] = (
    ((Outcome.FAIL, Outcome.NOT_DUE), 20_000),
    ((Outcome.ERROR, Outcome.NO_DATA, Outcome.MANUAL), 5_000),
    ((Outcome.PASS, Outcome.NOT_APPLICABLE), 5_000),
)
CHUNK = 500  # rows handed on at once
WHOLES = 2000  # regions judged as a whole whose own figures are in the page
ANSWERS = (Outcome.PASS, Outcome.FAIL, Outcome.NOT_DUE)

Integers = npt.NDArray[np.integer]

# What would end the script element, or a line of a script.
_ESCAPES = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026", 0x2028: "\\u2028", 0x2029: "\\u2029"}
_encode = json.JSONEncoder(ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode


class Picked(Struct, frozen=True):
    """The verdicts that are listed, as (rule's place among the results, subject's place), and what was left out."""

    places: list[tuple[int, int]]
    listed: dict[Outcome, int]
    totals: dict[Outcome, int]


def pick(report: Report, *, all_verdicts: bool = False) -> Picked:
    """What did not pass (with ``all_verdicts`` everything) up to the caps: binding rules first, then the worst."""
    picked = Picked([], {}, {})
    outcomes = report.outcomes()
    for share, most in SHARES if all_verdicts else SHARES[:2]:
        picked.totals.update({outcome: outcomes[outcome] for outcome in share})
        rules, places, kinds = (column[:most].tolist() for column in _ranked(report, share))
        picked.places.extend(zip(rules, places, strict=True))
        picked.listed.update({Outcome(kind): n for kind, n in Counter(kinds).items()})
    return picked


def _ranked(report: Report, share: tuple[Outcome, ...]) -> tuple[Integers, Integers, Integers]:
    """Rule, place and outcome of every verdict of ``share``, the most urgent first."""
    parts = []
    for number, result in enumerate(report.results):
        places = np.nonzero(np.isin(result.outcome, share))[0]
        if len(places):
            urgency = np.full(len(places), SEVERITIES.index(result.rule.severity))
            parts.append((np.full(len(places), number), places, result.outcome[places], urgency, _size(result, places)))
    if not parts:
        none = np.zeros(0, dtype=np.int64)
        return none, none, none
    rules, places, kinds, urgency, size = (np.concatenate(column) for column in zip(*parts, strict=True))
    rank = np.array([share.index(o) if o in share else 0 for o in OUTCOMES])[kinds]
    order = np.lexsort((places, rules, -size, urgency, rank))
    return rules[order], places[order], kinds[order]


def _size(result: RuleResult, places: npt.NDArray[np.intp]) -> npt.NDArray[np.float64]:
    """The shortfall of each as a share of what is required; 0 where there is none."""
    size = np.zeros(len(result))
    size[result.missed] = result.relative_shortfall()
    return size[places]


class Pool:
    """Texts that many rows share, by number."""

    def __init__(self) -> None:
        self.texts: dict[str, int] = {}

    def number(self, text: str) -> int:
        return self.texts.setdefault(text, len(self.texts))


class VerdictLine(Struct, frozen=True):
    """One verdict in words, and the numbers by which it is sorted. ``rule`` is the rule's place among the results,
    ``add`` what the rule's lever lacks where that is another amount than what is missing."""

    rule: int
    outcome: int
    name: str
    region: str
    observed: str
    required: str
    missing: str
    add: str
    reason: str
    file: str
    spot: str
    sizes: tuple[float | None, float | None, float | None]
    waived: int
    """0, 1 where it is waived, 2 where the return explains it."""
    unit: str


def line(report: Report, wording: Wording, places: ShortPlaces, rule: int, place: int) -> VerdictLine:
    result = report.results[rule]
    v = result.verdict(place)
    figures = wording.figures(v, result.add_unit)
    return VerdictLine(
        rule=rule,
        outcome=int(v.outcome),
        name=wording.name(v.subject),
        region=wording.region(v.subject),
        observed=wording.full(figures),
        required=figures.required,
        missing=figures.missing,
        add=wording.to_add(v.rule, v.add, result.add_unit, figures.missing),
        reason=wording.reason(v, figures),
        file=places.short(Address(v.at.path, v.at.sheet), ()) if v.at else "",
        spot=one_line(wording.spot(v.at, v.cells)),
        sizes=(_number(v.observed), _number(wording.required(v)), wording.shortfall(v)),
        waived=0 if v.waiver is None else 1 + isinstance(v.waiver, OwnExplanation),
        unit=v.rule.unit,
    )


def payload(report: Report, wording: Wording, picked: Picked, words: dict[str, str]) -> Iterator[str]:
    """The page's data as JSON in pieces, harmless inside a script element."""
    tree = RegionTree(report)
    regions, limits, files = Pool(), Pool(), Pool()
    addresses = ShortPlaces(report, wording)
    numbers: dict[int, Numbers] = {}

    def rows() -> Iterator[list[object]]:
        for rule, place in picked.places:
            if rule not in numbers:
                numbers[rule] = tree.of(report.results[rule])
            one = line(report, wording, addresses, rule, place)
            yield [
                rule,
                one.outcome,
                int(numbers[rule][place]),
                one.name,
                regions.number(one.region),
                one.observed,
                limits.number(one.required),
                one.missing,
                one.add,
                one.reason,
                files.number(one.file),
                one.spot,
                *one.sizes,
                one.waived,
            ]

    yield "{" + _pair("words", words)
    yield "," + _pair("outcomes", [[o.word, wording.outcome(o)] for o in OUTCOMES])
    yield "," + _pair("severities", [wording.severity(s) for s in SEVERITIES])
    yield "," + _pair("rules", [_rule(result, wording) for result in report.results])
    yield "," + _pair("wholes", list(_wholes(report, tree, wording)))
    levels = {region.level for region in tree.regions[1:]}
    yield "," + _pair("levels", {level: wording.entity(level) for level in sorted(levels)})
    yield "," + _pair("tooFine", [wording.entities(level) for level in sorted(tree.too_fine)])
    yield "," + _pair("regions", [[r.level, one_line(r.name), r.parent, r.end] for r in tree.regions])
    counts: Iterator[list[object]] = (
        [c.region, c.rule, c.kind, c.passed, c.failed, c.not_due, c.undecided, *([c.waived] if c.waived else [])]
        for c in tree.counts()
    )
    yield from _array("counts", counts)
    yield from _array("rows", rows())
    yield "," + _pair("places", list(regions.texts))
    yield "," + _pair("limits", list(limits.texts))
    yield "," + _pair("files", list(files.texts))
    yield "}"


def _wholes(report: Report, tree: RegionTree, wording: Wording) -> Iterator[list[object]]:
    """Regions judged as a whole, a line each: rule, region, its figures, their value, the share that a bar draws."""
    groups = [(result, i) for result, i in group_verdicts(report) if result.outcome[i] in ANSWERS]
    number = {result: k for k, result in enumerate(report.results)}
    regions = {result: tree.of(result) for result, _ in groups}
    for result, i in groups[:WHOLES]:
        how = region_rate(result, i, wording)
        share = how.part / how.whole if how.whole else None
        yield [number[result], int(regions[result][i]), how.fraction, how.rate, share]


def _rule(result: RuleResult, wording: Wording) -> list[object]:
    rule = result.rule
    return [
        wording.rule_id(rule),
        wording.rule_title(rule),
        one_line(rule.clause),
        SEVERITIES.index(rule.severity),
        rule.unit,
    ]


def _number(value: Value) -> float | None:
    """What a value is sorted by: of a range its lower end, of a truth 1 or 0."""
    if isinstance(value, tuple):
        value = value[0]
    return None if value is None else clean(float(value))


def _pair(key: str, value: object) -> str:
    return f'"{key}":{_safe(value)}'


def _array(key: str, objects: Iterable[list[object]]) -> Iterator[str]:
    yield f',"{key}":['
    lines: list[str] = []
    lead = "\n"
    for one in objects:
        lines.append(lead + _safe(one))
        lead = ",\n"
        if len(lines) == CHUNK:
            yield "".join(lines)
            lines.clear()
    yield "".join(lines) + "]"


def _safe(value: object) -> str:
    return escaped(_encode(value)).translate(_ESCAPES)


__all__ = ["SHARES", "Picked", "line", "payload", "pick"]
