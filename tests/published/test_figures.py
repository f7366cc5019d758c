"""The published figures as a return: all there, in the words of the documents, and the words read as bounds."""

from __future__ import annotations

import math
from pathlib import Path

import pytest
import yaml

from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.model.standard import Standard
from communitycheck.model.table import State, Table
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.gather import read_all
from communitycheck.standards.choose import open_rule_book, whole_dictionary
from each import each
from paths import SAMPLES, SHARED

HERE = Path(__file__).parent
SAMPLE = SAMPLES / "published_figures.xlsx"
DOMAIN = SHARED / "domain" / "standards.yaml"
IDS = (HERE / "figure_ids.txt").read_text("utf-8").split()
ROWS = {"LN": 0, "PZ": 1, "AH": 2, "WC": 3, "SY": 4}
BOOK = open_rule_book()

# As printed -> what it says at least and at most.
WORDS = [
    ("LN-R03", 0.98, math.inf),  # 98%以上
    ("LN-R04", 47_000, 47_000),  # 4.7万
    ("LN-R05", 1.1e9, 1.2e9),  # 近12亿
    ("PZ-R06", 400, 500),  # 400余
    ("AH-R05", 1.0, 1.0),  # 全部
    ("AH-R08", 30, 40),  # 30余
    ("AH-R20", 45_000, 46_000),  # 4.5万余
    ("AH-R21", 121_500, 121_500),  # 12.15万
    ("WC-R06", 10, 20),  # 10余
    ("SY-R10", 2000, 3000),  # 2000余
    ("SY-R12", 2350, 2360),  # 2350余
    ("SY-R13", 400_000, 500_000),  # 40余万
    ("SY-R15", 10_000, 20_000),  # 1万余
    ("SY-R20", 5, 5),  # 五
    ("SY-R21", 300_000, 400_000),  # 30余万
    ("SY-R45", 0.977, 0.977),  # 97.7%
    ("SY-R55", 536_000, 537_000),  # 53.6万余
    ("SY-R58", 1000, 2000),  # 1000多
    ("SY-R62", 5000, 6000),  # 五千余
    ("SY-R74", 15_100_000, 15_100_000),  # 1510万
    ("SY-R80", 2, 2),  # 两
]


@pytest.fixture(scope="module")
def standard() -> Standard:
    return BOOK.standard("published-figures")


@pytest.fixture(scope="module")
def dictionary(standard: Standard) -> Dictionary:
    return whole_dictionary(BOOK, [standard])


@pytest.fixture(scope="module")
def read(dictionary: Dictionary) -> Return:
    (found,), unread = read_all(SAMPLE, dictionary)
    assert not unread
    return found


@pytest.fixture(scope="module")
def table(read: Return) -> Table:
    (found,) = read.tables
    return found


def value(table: Table, dictionary: Dictionary, figure: str) -> tuple[float, float, State]:
    field = dictionary.find(figure.replace("-", "_"))
    assert field is not None, figure
    column, row = table.columns[field.key], ROWS[figure[:2]]
    assert column.lo is not None and column.hi is not None
    return float(column.lo[row]), float(column.hi[row]), column.state_at(row)


def test_the_list_of_figures_is_whole() -> None:
    assert len(IDS) == len(set(IDS)) == 129


def test_a_document_is_a_record(read: Return, table: Table) -> None:
    assert table.entity == "document"
    assert [table.name_at(i) for i in range(len(table))] == ["LN2021", "PZH2018", "AH2019", "WC2021", "SY2023"]
    sheet = table.sheets[0]
    assert sheet.totals_rows == sheet.notes_rows == sheet.skipped_rows == []
    assert all(c.field is not None and c.confidence == 1.0 for c in sheet.columns)
    assert {n.level for n in read.notices} <= {"info"}


@each("figure", IDS)
def test_every_figure_is_there_and_can_be_read(table: Table, dictionary: Dictionary, figure: str) -> None:
    low, high, state = value(table, dictionary, figure)
    assert state is State.KNOWN
    assert low <= high


def test_a_figure_stands_with_its_own_document_alone(table: Table, standard: Standard) -> None:
    for key in (k for k in standard.fields or {} if not k.startswith("document")):
        column = table.columns[key]
        known = [i for i in range(len(table)) if column.state_at(i) is State.KNOWN]
        assert known == [ROWS[key[:2].upper()]], key


@pytest.mark.parametrize(("figure", "low", "high"), WORDS)
def test_words_are_bounds(table: Table, dictionary: Dictionary, figure: str, low: float, high: float) -> None:
    # 余 is more than the number and 近 less, by however little
    assert value(table, dictionary, figure)[:2] == pytest.approx((low, high), rel=1e-6)


@pytest.mark.skipif(not DOMAIN.is_file(), reason="the study of the documents is not at hand")
def test_the_figures_are_those_of_the_study(table: Table, dictionary: Dictionary) -> None:
    studied = {e["id"]: e for e in yaml.safe_load(DOMAIN.read_text("utf-8"))["standards"] if e["status"] == "reported"}
    assert list(studied) == IDS
    for figure, entry in studied.items():
        low, high, _ = value(table, dictionary, figure)
        quantity = entry["quantity"] / 100 if entry["unit"] == "%" else entry["quantity"]
        match entry["comparator"]:
            case "<~":
                assert low < high and high == pytest.approx(quantity, rel=1e-6), figure
            case ">~" | ">=":
                assert low == pytest.approx(quantity, rel=1e-6) and high > low, figure
            case _:
                assert low == high == pytest.approx(quantity), figure


def test_the_headers_mean_nothing_else() -> None:
    """A header of an ordinary return never hits a published figure, nor the other way round."""
    own = BOOK.standard("published-figures").fields or {}
    names = {k: {normal(n) for n in (*f.aliases, f.label.zh, f.label.en, k, *f.also)} for k, f in own.items()}
    taken = [name for several in names.values() for name in several]
    assert len(taken) == len(set(taken))
    for field in BOOK.dictionary.fields.values():
        assert not {normal(n) for n in (*field.aliases, field.label.zh, field.label.en)} & set(taken), field.key
    assert all(f.label.zh and f.label.en and f.entities == ("document",) for f in own.values())
