"""Every unit that there is, beside fields of every measure, in every place of a head: the figure is read in that unit,
or not at all; never in another."""

from __future__ import annotations

import csv
import math
from pathlib import Path

import pytest
import yaml

from communitycheck.judging import basis_of
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.table import State, Table
from communitycheck.model.units import RuleUnit, parse_unit
from communitycheck.model.units.words import written_forms
from communitycheck.returns.read import read_return

# What fields are declared in, and the words in which their label is told apart.
FIELDS = ("m2", "m", "persons", "households", "beds", "yuan", "h", "minutes", "days", "months", "years", "times",
          "h/week", "times/month", "yuan/month", "persons/km2", "books/person", "桌", "院")  # fmt: skip
LABELS = [f"{letter}处用料" for letter in "甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未申"]
COMPOUND = ("元/年", "元/月", "万元/年", "册/人", "万人/km2", "次/月", "小时/周", "人/户", "元/人/年", "㎡/百户",
            "万册/人")  # fmt: skip
MULTIPLES = ("万人", "千元", "百户", "万次", "千平方米", "万册")
OWN = ("桌", "院")
PLACES = {
    "in brackets": "{label}（{unit}）",
    "in square brackets": "{label}【{unit}】",
    "in wide brackets": "{label}［{unit}］",
    "below the name": "{label}\n（{unit}）",
    "with the word": "{label}（单位：{unit}）",
    "beside a remark": "{label}（{unit}，必填）",
    "behind a slash": "{label}/{unit}",
    "behind a comma": "{label}，{unit}",
    "behind a space": "{label} {unit}",
    "in a row": "",
    "in a row in brackets": "（{unit}）",
}
# What is counted in one word and in another alike: 个, 名 and 位 of persons and of things, 家 of households.
COUNTS = {"persons", "households", "items", "times"}


def words(every: bool) -> list[str]:
    forms = written_forms()
    if every:
        return [*(form for word, others in forms for form in (word.key, *others) if form), *COMPOUND, *MULTIPLES, *OWN]
    return [*(word.text.zh for word, _ in forms if word.text.zh), "月", "日", "years", *COMPOUND[:6], "万人", *OWN]


def heads(place: str, unit: str) -> list[list[str]]:
    shape = PLACES[place]
    if "label" in shape:
        return [["社区名称", *(shape.format(label=label, unit=unit) for label in LABELS)]]
    return [["社区名称", *LABELS], ["", *[(shape or "{unit}").format(unit=unit)] * len(LABELS)]]


def table_under(rows: list[list[str]], folder: Path, dictionary: Dictionary) -> Table | None:
    file = folder / "a.csv"
    with file.open("w", encoding="utf-8", newline="") as handle:
        csv.writer(handle).writerows([*rows, *([f"{name}社区", *["0.5"] * len(FIELDS)] for name in "赵钱孙")])
    tables = read_return(file, dictionary).tables
    return tables[0] if tables else None


def allowed(declared: RuleUnit, stated: RuleUnit) -> set[float]:
    """What 0.5 of the stated unit may be in that of the field."""
    found = {0.5 * stated.factor / declared.factor} if stated.dimension == declared.dimension else set()
    first = declared.parts[0]
    if stated.dimension == first.word.dimension and len(declared.parts) > 1:  # 小时 of a field in hours a week
        found.add(0.5 * stated.parts[0].factor / first.factor)
    if len(stated.parts) == 1 and stated.parts[0].word in [part.word for part in declared.parts[1:]]:
        found.add(0.5)  # 次数（月） of a field in times a month
    counted = {atom for unit in (first, stated.parts[0]) for atom, _ in unit.word.dimension.powers}
    if len(stated.parts) == 1 and counted <= COUNTS:
        found.add(0.5 * stated.parts[0].factor / first.factor)
    if len(stated.parts) > 1 and stated.parts[0].word.dimension == declared.dimension:
        found.update({0.5 * stated.parts[0].factor / declared.factor} if _per_time(stated) else set())
    return found


def _per_time(unit: RuleUnit) -> bool:
    return all(part.word.key in ("years", "days", "weeks", "months", "quarters") for part in unit.parts[1:])


@pytest.fixture(scope="module")
def dictionary(tmp_path_factory: pytest.TempPathFactory) -> Dictionary:
    file = tmp_path_factory.mktemp("rules") / "own.yaml"
    fields = {
        f"f{at}": {"label": label, "type": "decimal", "unit": unit, "entities": ["community"]}
        for at, (unit, label) in enumerate(zip(FIELDS, LABELS, strict=True))
    }
    rule = {"id": "A", "title": "示例", "clause": "一", "applies_to": "community", "severity": "expected"}
    standard = {
        "standard": "own",
        "title": "单位",
        "source": {"document": "示例文件"},
        "jurisdiction": {"code": "000000", "name": "全国"},
        "units": {"桌": "8 seats", "院": "new"},
        "fields": fields,
        "rules": [{**rule, "indicator": "f0", "at_least": "1 m2"}],
    }
    file.write_text(yaml.safe_dump(standard, allow_unicode=True), "utf-8")
    return basis_of([str(file)], None, None, (), ()).dictionary


# Of brackets one kind, and of rows one, stand for the others.
SIBLINGS = ("in square brackets", "in wide brackets", "in a row in brackets")


@pytest.mark.parametrize("every", [False, pytest.param(True, marks=pytest.mark.slow)])
@pytest.mark.parametrize(
    "place", [pytest.param(one, marks=pytest.mark.slow if one in SIBLINGS else ()) for one in PLACES]
)
def test_a_figure_is_read_in_the_unit_of_its_head_or_not_at_all(
    place: str, every: bool, dictionary: Dictionary, tmp_path: Path
) -> None:
    wrong = {}
    for written in dict.fromkeys(words(every)):
        stated = parse_unit(written, dictionary.units)
        assert stated is not None, written
        table = table_under(heads(place, written), tmp_path, dictionary)
        for at, unit in enumerate(FIELDS):
            column = None if table is None else table.columns.get(f"f{at}")
            declared = parse_unit(unit, dictionary.units)
            held = parse_unit(dictionary.fields[f"f{at}"].unit, dictionary.units)
            assert declared is not None
            assert held is not None
            if column is None or column.lo is None or (column.state is not None and column.state[0] != State.KNOWN):
                continue
            got = float(column.lo[0]) * held.factor / declared.factor
            if not any(math.isclose(got, one, rel_tol=1e-9) for one in allowed(declared, stated)):
                wrong[written, unit] = got
    assert wrong == {}


@pytest.mark.parametrize("place", sorted(set(PLACES) - {"behind a space", "behind a slash"}))
def test_the_units_of_a_field_are_read(place: str, dictionary: Dictionary, tmp_path: Path) -> None:
    """What fits is not only refused."""
    for written, key in [("公顷", "m2"), ("公里", "m"), ("万人", "persons"), ("年", "months"), ("个月", "years"),
                         ("分钟", "h"), ("周", "days"), ("元/年", "yuan/month"), ("万册/人", "books/person"),
                         ("万人/km2", "persons/km2")]:  # fmt: skip
        table = table_under(heads(place, written), tmp_path, dictionary)
        assert table is not None
        assert f"f{FIELDS.index(key)}" in table.columns, (written, key)
