"""A report of many communities, made of arrays, for what has to stay quick and small."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
from msgspec.structs import replace

from communitycheck.model.expression import Binary, Name, Number
from communitycheck.model.report import Report
from communitycheck.model.result import Outcome, Reason, Records, RuleResult
from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet, SheetColumn
from communitycheck.model.table import Coded, Column, Table
from entities import ENTITIES
from reporting.sample_report import at_least, rule, sample_report

CITIES, COUNTIES, STREETS = 5, 8, 20  # of the whole, of a city, of a county


def large_table(n: int) -> Table:
    """``n`` communities spread evenly over the streets."""
    street = np.arange(n) % (CITIES * COUNTIES * STREETS)
    county, city = street // STREETS, street // (STREETS * COUNTIES)
    rng = np.random.default_rng(7)
    area = np.round(rng.uniform(80, 399, n), 1)
    households = rng.integers(800, 4000, n).astype(float)
    columns = [SheetColumn("F", "面积", "facility_area"), SheetColumn("G", "户数", "households")]
    sheet = Sheet(
        "returns/全省.xlsx", "社区", "community", header_rows=[1], first_row=2, last_row=n + 1, records=n,
        columns=columns,
    )  # fmt: skip
    names = [f"第{i}社区" for i in range(n)]
    return Table(
        ENTITIES["community"],
        {
            "community": Column("community", text=pa.array(names)),
            "facility_area": Column("facility_area", area, area),
            "households": Column("households", households, households),
        },
        [sheet],
        np.zeros(n, dtype=np.int32),
        np.arange(2, n + 2, dtype=np.int32),
        {
            "city": Coded(city.astype(np.int32), [f"第{i}市" for i in range(CITIES)]),
            "county": Coded((county % COUNTIES).astype(np.int32), [f"第{i}区" for i in range(COUNTIES)]),
            "street": Coded((street % STREETS).astype(np.int32), [f"第{i}街道" for i in range(STREETS)]),
        },
    )


def large_report(n: int) -> Report:
    """Two rules that all of ``n`` communities fail, but for every tenth: the second could not be judged there."""
    base = sample_report()
    table = large_table(n)
    area, households = table.columns["facility_area"].lo, table.columns["households"].lo
    assert area is not None and households is not None
    standard = base.standards[0]
    first = rule(
        "LN-01", standard.id, "城市社区综合服务设施面积", "Urban facility floor area",
        unit="m2", indicator=Name("facility_area"), threshold=at_least(400.0), lever="facility_area",
    )  # fmt: skip
    ratio = Binary("*", Binary("/", Name("facility_area"), Name("households")), Number(100.0))
    second = rule(
        "LN-03", standard.id, "每百户居民拥有综合服务设施面积", "Facility area per 100 households", "expected",
        unit="m2/100 households", indicator=ratio, threshold=at_least(50.0), lever="facility_area",
    )  # fmt: skip
    results = [_failing(first, table, area, 400.0), _failing(second, table, area / households * 100, 50.0)]
    results[1].outcome[::10] = Outcome.NO_DATA
    results[1].reason[::10] = Reason.UNDECIDED
    kept = np.nonzero(results[1].outcome == Outcome.FAIL)[0]
    results[1].shortfall, results[1].missed = results[1].shortfall[kept], kept.astype(np.int32)
    return replace(
        base,
        standards=[replace(standard, rules=(first, second))],
        results=results,
        returns=[Return("returns/全省.xlsx", "e" * 64, "xlsx", list(table.sheets), [table])],
        notices=[],
        unread=[],
    )


def _failing(rule_: object, table: Table, observed: np.ndarray, required: float) -> RuleResult:
    n = len(table)
    need = np.full(n, required)
    return RuleResult(
        rule_,  # type: ignore[arg-type]
        Records(table),
        np.full(n, Outcome.FAIL, dtype=np.uint8),
        np.full(n, Reason.MISSED, dtype=np.uint8),
        observed,
        observed.copy(),
        need,
        need.copy(),
        np.arange(n, dtype=np.int32),
        need - observed,
        fields=("facility_area", "households"),
    )
