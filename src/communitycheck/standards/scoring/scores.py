"""Assessment sheets of a standard: shape -> model, each checked so that what loads can be scored."""

from __future__ import annotations

from collections.abc import Collection

from msgspec.structs import replace

from communitycheck.errors import RuleFileError
from communitycheck.model.rule import Rule
from communitycheck.model.scores.score import Band, Grade, Score, ScoreItem, ScoreSection, Veto
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.standards.entities import unknown_entity
from communitycheck.standards.files.assessment_shapes import GradeIn, ScoreIn, VetoIn
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.shape_parts import TextIn
from communitycheck.standards.files.yaml_file import Path_, YamlFile
from communitycheck.standards.formulas import Formulas
from communitycheck.standards.scoring.bands import LOWER, UPPER, BandRow, End, ordered, same
from communitycheck.standards.scoring.score_items import ScoreFile, compile_item


class RawScore:
    """A score as a file has it, and where it stands."""

    def __init__(self, shape: ScoreIn, file: YamlFile, path: Path_, layer: str) -> None:
        self.shape = shape
        self.file = file
        self.path = path
        self.layer = layer


def raw_scores(
    shapes: list[ScoreIn], file: YamlFile, layer: str, inherited: list[RawScore], faults: FaultList
) -> list[RawScore]:
    """The inherited scores and a standard's own, which replaces one of the same id."""
    in_list = ("score", 0) in file.lines
    own: dict[str, RawScore] = {}
    for i, shape in enumerate(shapes):
        path: Path_ = ("score", i) if in_list else ("score",)
        if shape.id in own:
            key = ".".join(map(str, (*path, "id")))
            faults.note(RuleFileError("score-id-twice", file=file.name, line=file.line(path), key=key, name=shape.id))
        own[shape.id] = RawScore(shape, file, path, layer)
    return [*(raw for raw in inherited if raw.shape.id not in own), *own.values()]


def compile_scores(
    raws: list[RawScore],
    standard: str,
    formulas: Formulas,
    rules: tuple[Rule, ...],
    written: Collection[str] | None,
    faults: FaultList,
) -> tuple[Score, ...]:
    """All scores of one standard; of those that cannot be compiled ``faults`` takes everything that is wrong.

    Args:
        written: ids of all rules, those with faults of their own among them, which no score is blamed for; None where
            not all of them are known.
    """
    by_id = {rule.id: rule for rule in rules}
    scores = []
    for raw in raws:
        with faults.noted():
            home = ScoreFile(raw.shape, raw.file, raw.path, raw.layer, standard, formulas, by_id, written)
            scores.append(_score(home))
    return tuple(scores)


def _score(home: ScoreFile) -> Score:
    shape = home.shape
    if shape.applies_to not in home.formulas.dictionary.entities:
        code, values = unknown_entity(shape.applies_to, home.formulas.dictionary.entities)
        raise home.fault(code, ("applies_to",), **values)
    faults = FaultList()
    scope = _scope(home, faults)
    items = _items(home, faults)
    all_items = not faults.found
    for key in ("most", "bonus_cap", "penalty_cap"):
        if (getattr(shape, key) or 0) < 0:
            faults.note(home.fault("score-points-negative", (key,)))
    score = Score(
        id=shape.id,
        standard=home.standard,
        title=_text(shape.title),
        applies_to=shape.applies_to,
        by=shape.by or "",
        items=items,
        scope=scope,
        bonus_cap=shape.bonus_cap,
        penalty_cap=shape.penalty_cap,
        most=shape.most,
        not_applicable=shape.not_applicable,
        clause=shape.clause,
        note=_text(shape.note),
        layer=home.layer,
        file=home.file.name,
        line=home.file.line(home.path) or 0,
    )
    sections: tuple[ScoreSection, ...] = ()
    if all_items:
        if shape.total is not None and not same(score.total, shape.total):
            stated = f"{shape.total:.12g}"
            faults.note(home.fault("score-total", ("total",), stated=stated, found=f"{score.total:.12g}"))
        sections = _sections(home, items, faults)
    grades = _grades(home, score.highest if all_items else 0.0, faults)
    vetoes = _vetoes(home, grades, faults)
    faults.raise_any()
    return replace(score, sections=sections, grades=grades, vetoes=vetoes)


def _scope(home: ScoreFile, faults: FaultList) -> Rule | None:
    """Whom the sheet is for, as a rule that they pass."""
    where = home.shape.where
    if where is None:
        return None
    with faults.noted():
        return home.own_rule("(where)", _text(home.shape.title), (), {"indicator": where, "is": True}, "where")[1]
    return None


def _items(home: ScoreFile, faults: FaultList) -> tuple[ScoreItem, ...]:
    items = []
    seen: set[str] = set()
    for i, raw in enumerate(home.shape.items):
        with faults.noted():
            if raw.id in seen:
                raise home.fault("score-id-twice", ("items", i, "id"), name=raw.id)
            seen.add(raw.id)
            items.append(compile_item(home, raw, ("items", i)))
    return tuple(items)


def _sections(home: ScoreFile, items: tuple[ScoreItem, ...], faults: FaultList) -> tuple[ScoreSection, ...]:
    sections = []
    for i, raw in enumerate(home.shape.sections):
        found = round(sum(item.most for item in items if item.section == raw.id and item.kind == "weight"), 9)
        if raw.total is not None and not same(found, raw.total):
            stated = f"{raw.total:.12g}"
            faults.note(home.fault("score-total", ("sections", i, "total"), stated=stated, found=f"{found:.12g}"))
        sections.append(ScoreSection(raw.id, _text(raw.title), found))
    return tuple(sections)


def _grades(home: ScoreFile, highest: float, faults: FaultList) -> tuple[Grade, ...]:
    """The grades from the best to the worst; as they are written, where their bands have a fault."""
    raws = home.shape.grades
    if not raws:
        return ()
    seen: set[str] = set()
    for i, raw in enumerate(raws):
        names = {name for name in (raw.name.zh, raw.name.en) if name}
        if twice := names & seen:
            faults.note(home.fault("score-grade-twice", ("grades", i, "name"), name=min(twice)))
        seen |= names
    found = [(i, End(0.0, True)) for i in range(len(raws))]
    with faults.noted():
        rows = [_row(home, i, raw) for i, raw in enumerate(raws)]
        found = ordered(rows, home.fault, least=0.0, most=highest)
    return tuple(Grade(_text(raws[k].name), Band(end.value, end.included)) for k, end in found)


def _row(home: ScoreFile, i: int, raw: GradeIn) -> BandRow:
    ends: list[End | None] = []
    for pair, including in ((LOWER, "at_least"), (UPPER, "up_to")):
        given = [key for key in pair if getattr(raw, key) is not None]
        if len(given) > 1:
            raise home.fault("score-band-two-ends", ("grades", i, given[1]), names=" / ".join(pair))
        ends.append(End(float(getattr(raw, given[0])), given[0] == including) if given else None)
    return BandRow(("grades", i), ends[0], ends[1])


def _vetoes(home: ScoreFile, grades: tuple[Grade, ...], faults: FaultList) -> tuple[Veto, ...]:
    vetoes: list[Veto] = []
    for i, raw in enumerate(home.shape.veto):
        with faults.noted():
            veto = _veto(home, i, raw, grades)
            vetoes += () if veto is None else (veto,)
    return tuple(vetoes)


def _veto(home: ScoreFile, i: int, raw: VetoIn, grades: tuple[Grade, ...]) -> Veto | None:
    path: Path_ = ("veto", i)
    if (raw.rule is None) == (raw.if_ is None):
        raise home.fault("score-veto-way", path)
    names = {name: k for k, grade in enumerate(grades) for name in (grade.name.zh, grade.name.en) if name}
    if raw.grade not in names:
        near = nearest(raw.grade, names)
        raise home.fault("score-grade-unknown", (*path, "grade"), name=raw.grade, near=near)
    title = _text(raw.title)
    if raw.rule is not None:
        rule = home.named_rule(raw.rule, (*path, "rule"))
        if rule is None:
            return None
    else:
        _, rule = home.own_rule(f"veto-{i + 1}", title, path, {"indicator": raw.if_, "is": True}, "if")
    line = home.file.line((*home.path, *path)) or 0
    return Veto(title, raw.clause, rule, raw.rule is None, names[raw.grade], line)


def _text(raw: TextIn) -> Text:
    return Text(raw.zh, raw.en)
