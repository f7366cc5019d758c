"""What people write in one cell, read through the real cast of a column of the field it is written for.

``phrases.yaml``, ``siblings.yaml``, ``further.yaml`` and ``own_answers.yaml`` hold for each text every answer that does
no harm; any other is a wrong verdict.
"""

from __future__ import annotations

import math
from pathlib import Path

import pyarrow as pa
import pytest
import yaml

from communitycheck.checking.evaluation.items import items_named
from communitycheck.model.table import State
from communitycheck.returns.cells.cast.column import cast
from communitycheck.returns.cells.cast.scale import Scale
from communitycheck.standards import load_dictionary
from each import each
from paths import RULES

HERE = Path(__file__).parent
FIELDS = load_dictionary(RULES / "dictionary.yaml").fields
# The field that each section is about, where it is not called by it; the money column has no unit in its header.
SECTIONS = {
    "truth": "has_childrens_home",
    "persons": "legal_advisers",
    "area": "facility_area",
    "hours": "open_hours_per_day",
    "money": "operating_budget",
    "items": "smart_scenarios",
    "duties": "duties_transferred",
}
SCENARIOS = ("智能监控", "智能门禁")
STATES = {State.BLANK: "blank", State.EXEMPT: "exempt", State.UNREADABLE: "unreadable", State.IMPOSSIBLE: "unreadable"}


def cases() -> list[tuple[str, str, list[object]]]:
    return [
        (section, case["text"], case["right"])
        for name in ("phrases", "siblings", "own_answers", "further")
        for section, listed in yaml.safe_load((HERE / f"{name}.yaml").read_text(encoding="utf-8")).items()
        for case in listed
    ]


def fits(lo: float, hi: float, right: object) -> bool:
    """Whether a number, or a bound, is what an answer says."""
    match right:
        case bool() | int() | float():  # YAML takes yes and no for truths
            return lo == hi == right
        case str() if right.startswith(">="):
            return lo >= float(right[2:])
        case str() if right.startswith(">"):
            return lo >= float(right[1:]) < hi
        case str() if right.startswith("<"):
            return hi < float(right[1:])
        case str() if ".." in right:
            low, high = map(float, right.split(".."))
            return low <= lo <= hi <= high
    return False


@each(("section", "text", "right"), cases())
def test_a_phrase_is_read_as_it_is_meant_or_not_at_all(section: str, text: str, right: list[object]) -> None:
    field = FIELDS[SECTIONS.get(section, section)]
    column, said = cast(field, pa.array([text], pa.string()), Scale())
    state = column.state_at(0)
    if state is not State.KNOWN:
        assert STATES[state] in right
        assert said or state in (State.BLANK, State.EXEMPT)
        return
    if field.type == "items":
        assert column.text is not None
        least, most = (len(n) for n in items_named(column.text[0].as_py(), SCENARIOS))
        answer = ("none", "one", "both")[least] if least == most else "unreadable"
        assert answer in right
        return
    assert column.lo is not None
    assert column.hi is not None
    lo, hi = float(column.lo[0]), float(column.hi[0])
    assert not math.isnan(lo)
    assert any(fits(lo, hi, one) for one in right), (lo, hi)


@pytest.mark.parametrize(
    ("text", "want"), [("2", 1.0), ("3", 1.0), ("1", 1.0), ("0", 0.0), ("300", 1.0), ("2个", 1.0), ("无", 0.0)]
)
def test_under_a_header_that_asks_how_many_a_figure_is_no_code(text: str, want: float) -> None:
    column, _ = cast(FIELDS["has_childrens_home"], pa.array([text], pa.string()), Scale(stated=True))
    assert column.lo is not None
    assert column.lo.tolist() == [want]
