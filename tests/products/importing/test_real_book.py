"""A real book of 316 audit formulas and the real monthly returns it belongs to, held to a plain evaluation."""

from __future__ import annotations

import operator
import re
from collections import Counter
from decimal import Decimal

import pytest
import python_calamine

from communitycheck.check import check
from communitycheck.model.report import Report
from communitycheck.products.importing.front import import_formulas
from communitycheck.products.importing.rules import Imported
from paths import SHARED

RETURNS = SHARED / "returns"
BOOK = RETURNS / "21_lomo5__逻辑审核关系表.xls"
RETURN = RETURNS / "20_lomo5__汇总表.xls"
SHEETS = {"月报审核公式": 82, "季报审核公式": 169, "区域统计表审核公式": 65}
SIGNS = {"=": operator.eq, ">=": operator.ge, "<=": operator.le, ">": operator.gt, "<": operator.lt}

pytestmark = pytest.mark.skipif(not BOOK.exists() or not RETURN.exists(), reason="the shared returns are not here")

Figures = dict[str, Decimal | None]


@pytest.fixture(scope="module")
def imported() -> Imported:
    return import_formulas(BOOK, standard="tcheck")


@pytest.fixture(scope="module")
def report(imported: Imported, tmp_path_factory: pytest.TempPathFactory) -> Report:
    path = tmp_path_factory.mktemp("book") / "tcheck.yaml"
    path.write_text(imported.text, encoding="utf-8")
    return check(RETURN, standards=[path])


def test_no_line_is_lost(imported: Imported) -> None:
    found = {s.name: imported.of_sheet(s.name) for s in imported.sheets}
    assert found == {name: (n, 0, 0) for name, n in SHEETS.items()} | {"Sheet1": (0, 147, 0), "Sheet2": (0, 0, 0)}
    assert (imported.read, imported.rules) == (463, 316)


def relations() -> dict[str, str]:
    """Rule id -> formula, straight from the cells."""
    book = python_calamine.CalamineWorkbook.from_path(str(BOOK))
    found = {}
    for sheet in SHEETS:
        for serial, table, formula, _ in book.get_sheet_by_name(sheet).to_python()[1:]:
            found[f"{str(table).removeprefix('综定')}-{int(float(serial))}"] = str(formula)
    return found


def figures() -> dict[str, dict[str, Figures]]:
    """Sheet -> period as written -> code -> figure, None where the cell is blank; straight from the cells."""
    book = python_calamine.CalamineWorkbook.from_path(str(RETURN))
    found: dict[str, dict[str, Figures]] = {}
    for name in book.sheet_names:
        rows = book.get_sheet_by_name(name).to_python()
        header = rows[1]
        for c, written in enumerate(header):
            if re.fullmatch(r"2018\d\d|2018年\d\d月", str(written)):
                cells = {str(r[0]): r[c] for r in rows[2:] if re.fullmatch(r"[A-Z]{2}\d{4}", str(r[0]))}
                values = {code: None if value == "" else Decimal(str(value)) for code, value in cells.items()}
                found.setdefault(name, {})[str(written)] = values
    return found


def month(written: str) -> str:
    return "".join(re.findall(r"\d", written))


def expected(formula: str, sheet: str, period: str, data: dict[str, dict[str, Figures]]) -> str:
    """The outcome by plain arithmetic: own figures first, else those of another sheet for the same month."""
    codes = re.findall(r"[A-Z]{2}\d{4}", formula)
    of_month = {s: p[w] for s, p in data.items() for w in p if month(w) == month(period)}
    carried = {s: len(set(codes) & set(values)) for s, values in of_month.items()}
    if not carried[sheet]:
        return "not_applicable"
    known: Figures = {}
    for values in (*(v for s, v in of_month.items() if s != sheet), of_month[sheet]):
        known |= {code: values[code] for code in codes if code in values}
    borrowed = set(known) - set(of_month[sheet])
    if borrowed and sheet != max(carried, key=lambda s: carried[s]):
        return "not_applicable"
    if any(known.get(code) is None for code in codes):
        return "no_data"
    left, sign, right = re.split(r"(>=|<=|=|>|<)", formula)
    sums = [sum((known[code] or Decimal(0) for code in side.split("+")), Decimal(0)) for side in (left, right)]
    return "pass" if SIGNS[sign](*sums) else "fail"


def test_every_verdict(report: Report) -> None:
    data = figures()
    everywhere = {code for periods in data.values() for values in periods.values() for code in values}
    wanted: dict[tuple[str, str], str] = {}
    unchecked = set()
    for rule, formula in relations().items():
        if set(re.findall(r"[A-Z]{2}\d{4}", formula)) <= everywhere:
            for sheet, periods in data.items():
                for period in periods:
                    wanted[rule, f"{sheet} {period}"] = expected(formula, sheet, period, data)
        else:
            unchecked.add(rule)
    found = {(v.rule.id, v.subject.name): v.outcome.word for v in report.verdicts(all_outcomes=True)}
    assert found == wanted
    assert {r.rule.id for r in report.results if not r.checked} == unchecked
    assert len(unchecked) == 99


def test_the_figures_by_sheet_and_period(report: Report) -> None:
    tally = Counter((v.subject.name, v.outcome.word) for v in report.verdicts(all_outcomes=True))
    judged = {key: n for key, n in sorted(tally.items()) if key[1] != "not_applicable"}
    assert judged == {
        ("区域情况统计表（三） 201802", "pass"): 61,
        ("区域情况统计表（三） 201806", "pass"): 61,
        ("地市填写——移动通信能力季报表（二） 201803", "fail"): 2,
        ("地市填写——移动通信能力季报表（二） 201803", "pass"): 73,
        ("地市填写——移动通信能力季报表（二） 201806", "no_data"): 75,
        ("通信能力月报表 2018年02月", "pass"): 81,
        ("通信能力月报表 2018年06月", "pass"): 81,
    }


def test_the_fails_and_their_cells(report: Report) -> None:
    fails = [(v.rule.id, v.rule.title.zh, v.cells) for v in report.verdicts() if v.outcome.word == "fail"]
    assert fails == [
        ("NM302-02-9", "MV5034>=MV5035+MV5036", ("D57", "D55", "D56")),
        ("NM302-03-15", "NV3032>=MV3037+MV3038", ("D166", "D184", "D168")),
    ]
