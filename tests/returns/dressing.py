"""Clean tables dressed up as offices send them, by seed: what was put where, so that what is read can be held to it.

A clean table is a list of records with known values. Each mess in ``MESSES`` changes how the table is laid out or how
its cells are written and leaves the values alone. ``dress(seed, messes)`` gives the sheets and, for each record, the
cell that every value stands in.
"""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from typing import Any

from returns.dressing_fields import (
    BLANK,
    COMMUNITY,
    COUNTIES,
    COUNTY,
    ERRORS,
    EXEMPT,
    FIRST,
    GROUPS,
    HOURS,
    PROSE,
    UNKNOWN,
    WORDS,
    Spec,
)

# How cells, headers, rows and the whole sheet may be messed up. Each name is a branch below.
CELLS = (
    "text-numbers", "full-width", "thousands", "chinese-numerals", "unit-in-cell", "blank-words", "exempt", "bounds",
    "errors", "prose", "percent-forms", "spaces", "codes",
)  # fmt: skip
HEADERS = (
    "two-levels", "three-levels", "four-levels", "no-merges", "split-phrases", "index-row", "unit-row", "other-units",
    "unit-line", "aliases", "column-order", "unknown-columns", "numbered-headers", "header-breaks",
    "remarks", "empty-column",
)  # fmt: skip
ROWS = (
    "titles", "groups", "vertical", "subtotals", "totals", "totals-first", "unmarked-total", "repeated-header", "notes",
    "blank-rows", "hidden-rows", "blank-records", "wrong-total", "named-subtotals", "unmarked-subtotals",
)  # fmt: skip
SHEETS = ("blank-columns", "blank-margin", "panels", "stacked", "hidden-sheet", "ragged", "few")
MESSES = (*CELLS, *HEADERS, *ROWS, *SHEETS)
# A mess that cannot stand beside another: panels have records side by side, so nothing that takes a whole row.
APART = {
    "panels": {"groups", "vertical", "subtotals", "totals", "totals-first", "unmarked-total", "stacked", "blank-rows",
               "repeated-header", "blank-columns", "hidden-rows", "errors", "prose"},
    "groups": {"vertical", "totals-first"},
    "unmarked-total": {"subtotals", "totals", "totals-first", "bounds", "errors", "prose", "blank-words", "exempt",
                       "stacked", "text-numbers", "full-width", "chinese-numerals", "unit-in-cell", "other-units"},
    "totals": {"totals-first", "wrong-total"},
    "wrong-total": {"totals-first", "panels", "unmarked-total", "bounds", "errors", "prose", "blank-words", "exempt",
                    "text-numbers", "full-width", "chinese-numerals", "unit-in-cell", "thousands", "other-units",
                    "blank-records", "few", "percent-forms", "unmarked-subtotals"},
    "unmarked-subtotals": {"subtotals", "named-subtotals", "panels", "few", "bounds", "errors", "prose", "blank-words",
                           "exempt", "text-numbers", "full-width", "chinese-numerals", "unit-in-cell", "other-units",
                           "blank-records", "groups", "vertical", "unmarked-total", "percent-forms"},
    "named-subtotals": {"subtotals", "panels", "unmarked-total"},
    "few": {"unmarked-total"},
    "blank-records": {"panels", "unmarked-total"},
    "two-levels": {"three-levels", "four-levels", "split-phrases"},
    "three-levels": {"four-levels", "split-phrases"},
    "four-levels": {"split-phrases"},
}  # fmt: skip


@dataclass(frozen=True)
class Percent:
    """A number that the file shows as a percentage."""

    value: float


@dataclass
class Sheet:
    """Rows of cells as they are written: text, numbers, ``Percent``, None. Ranges count from 0, ends included."""

    name: str
    rows: list[list[Any]] = field(default_factory=list)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)
    hidden_rows: list[int] = field(default_factory=list)
    hidden: bool = False


@dataclass(frozen=True)
class Wanted:
    """What a cell must be read as: ``number text blank exempt refused`` or ``within`` (true value of a bound)."""

    kind: str
    value: Any = None


@dataclass
class Record:
    """What one record must be read as; ``at`` gives row and column of each field's cell, from 0."""

    sheet: str
    wanted: dict[str, Wanted]
    at: dict[str, tuple[int, int]]


@dataclass
class Dressed:
    """A return as an office sends it, and its truth. ``wrong_totals`` are cells whose sum is off on purpose."""

    seed: int
    messes: frozenset[str]
    sheets: list[Sheet]
    records: list[Record]
    wrong_totals: list[tuple[int, int]] = field(default_factory=list)
    wrong_counts: list[int] = field(default_factory=list)


def dress(seed: int, messes: frozenset[str], *, size: int | None = None) -> Dressed:
    """The clean table of ``seed`` under ``messes``."""
    return _Dresser(seed, messes, size).dressed


def some_messes(seed: int) -> frozenset[str]:
    """A set of messes that may stand together: two to seven of them."""
    rng = random.Random(seed * 7919 + 1)
    wanted = rng.sample(MESSES, rng.randint(2, 7))
    kept: list[str] = []
    for mess in wanted:
        if not any(mess in APART.get(k, ()) or k in APART.get(mess, ()) for k in kept):
            kept.append(mess)
    return frozenset(kept)


@dataclass
class _Column:
    key: str | None
    levels: list[str]
    spec: Spec | None = None
    unit: str = ""
    factor: float = 1.0
    style: str = ""
    names: bool = False


class _Dresser:
    def __init__(self, seed: int, messes: frozenset[str], size: int | None) -> None:
        self.rng = random.Random(seed)
        self.messes = messes
        self.dressed = Dressed(seed, messes, [], [])
        counties = "percent-forms" in messes
        sheet = Sheet("各县区" if counties else "社区情况")
        top = self.rng.randint(1, 3) if "blank-margin" in messes else 0
        left = self.rng.randint(1, 2) if "blank-margin" in messes else 0
        sheet.rows += [[] for _ in range(top)]
        self._table(sheet, left, counties=counties, size=size)
        if "stacked" in messes:
            sheet.rows += [[] for _ in range(self.rng.randint(1, 2))]
            _put(sheet, left, ["附表：各县区情况"])
            self._table(sheet, left, counties=not counties, size=size, plain=True)
        if "hidden-sheet" in messes:
            other = Sheet("上年数", hidden=True)
            other.rows = [["社区名称", "户数", "常住人口"], ["旧城社区", 100, 300], ["新城社区", 200, 500]]
            self.dressed.sheets.append(other)
        self.dressed.sheets.append(sheet)
        if "ragged" in messes:
            for row in sheet.rows:
                while row and row[-1] is None:
                    row.pop()
        else:
            width = max(map(len, sheet.rows))
            for row in sheet.rows:
                row += [None] * (width - len(row))

    def has(self, mess: str) -> bool:
        return mess in self.messes

    def _on(self, mess: str) -> bool:
        """As ``has``, but the second of two stacked tables is left plain."""
        return mess in self.messes and not self.plain

    # --- one table

    def _table(self, sheet: Sheet, left: int, *, counties: bool, size: int | None, plain: bool = False) -> None:
        self.plain = plain  # the second of two stacked tables is left as it is
        rng, has = self.rng, (lambda mess: mess in self.messes and not plain)
        records = self._records(counties, size)
        columns = self._columns(records, counties)
        if has("titles"):
            self._titles(sheet, left, len(columns))
        if has("unit-line"):
            unit = next((c.unit for c in columns if c.style == "line"), "平方米")
            _put(sheet, left, [*[None] * max(1, len(columns) - 2), f"单位：{unit}"])
        panels = 2 if has("panels") and len(records) > 3 else 1
        step = len(columns) + (rng.randint(0, 1) if panels > 1 else 0)
        head = len(sheet.rows)
        self.levels = self._levels(columns)
        self.height = len(self.levels) + has("unit-row")
        for panel in range(panels):
            self._head(sheet, head, left + panel * step, columns)
        header = [list(row) for row in sheet.rows[head : head + self.height]]
        if has("index-row"):
            self._index(sheet, left, columns, panels, step)
        if has("blank-rows") and rng.random() < 0.3:
            sheet.rows.append([])
        if panels > 1:
            half = (len(records) + 1) // 2
            at = len(sheet.rows)
            for p in range(2):
                for i, record in enumerate(records[p * half : (p + 1) * half]):
                    self._record(sheet, at + i, left + p * step, columns, record)
        else:
            self._body(sheet, left, columns, records, header, counties)
        if has("notes"):
            if rng.random() < 0.5:
                sheet.rows.append([])
            for text in rng.sample(["注：本表数据由各街道上报，请核对后填写。", "说明：面积按建筑面积填报。"], 1):
                _put(sheet, left, [text])
            if rng.random() < 0.6:
                _put(sheet, left, ["填表人：王某", None, "审核人：李某"])

    def _records(self, counties: bool, size: int | None) -> list[dict[str, Any]]:
        rng = self.rng
        n = size or (rng.randint(1, 3) if self._on("few") else rng.randint(4, 14))
        specs = COUNTY if counties else COMMUNITY
        found = []
        if counties:
            chosen = list(specs)
            for name in rng.sample(COUNTIES, min(len(COUNTIES), max(3, n // 2))):
                found.append({"county": name, **{s.key: s.draw(rng) for s in chosen}})
            return found
        chosen = [specs[0], specs[1], specs[2], *rng.sample(specs[3:], rng.randint(1, 6))]
        places = sorted((rng.randrange(3), rng.randrange(2)) for _ in range(n))
        offset = rng.randrange(3)
        for i, (county, street) in enumerate(places):
            a, b = rng.sample(FIRST, 2)
            town = FIRST[(county * 2 + street) * 2 : (county * 2 + street) * 2 + 2]
            found.append({
                "county": COUNTIES[county + offset], "street": f"{town}街道",
                "community": f"{a}{b}{'甲乙丙丁戊己庚辛壬癸子丑寅卯辰巳午未'[i % 18]}社区",
                **({"region_code": f"2101020{county}{street}{i:03d}"} if self._on("codes") else {}),
                **{s.key: s.draw(rng) for s in chosen},
            })  # fmt: skip
        return found

    def _columns(self, records: list[dict[str, Any]], counties: bool) -> list[_Column]:
        rng, has = self.rng, self._on
        names = {"county": ("县（市、区）", "区县", "县区"), "street": ("街道（乡镇）", "街道", "乡镇（街道）"),
                 "community": ("社区（村）名称", "社区名称", "村（居）名称")}  # fmt: skip
        columns = []
        if not counties and (has("aliases") or rng.random() < 0.3):
            columns.append(_Column(None, ["序号"], style="serial"))
        for key, written in names.items():
            if key in records[0] and not (key == "county" and has("groups") and not counties):
                columns.append(_Column(key, [rng.choice(written) if has("aliases") else written[0]], names=True))
        if "region_code" in records[0]:
            columns.insert(rng.randint(0, len(columns)), _Column("region_code", ["行政区划代码"], style="code"))
        specs = [s for s in (COUNTY if counties else COMMUNITY) if s.key in records[0]]
        if has("column-order"):
            rng.shuffle(specs)
        one = rng.choice([s.key for s in specs if s.kind == "decimal"] or [""])
        for spec in specs:
            column = _Column(spec.key, [rng.choice(spec.headers) if has("aliases") else spec.headers[0]], spec)
            if spec.unit and spec.kind in ("int", "decimal"):
                written = list(spec.units)
                column.unit = rng.choice(written) if has("other-units") else written[0]
                column.factor = spec.units[column.unit]
                if has("unit-row"):
                    column.style = "row"
                elif has("unit-line") and spec.key == one:
                    column.style = "line"
                elif has("unit-line") and spec.unit == "平方米":
                    column.unit, column.factor, column.style = "平方米", 1.0, "header"
                # Money is not read without a unit.
                elif has("other-units") or rng.random() < 0.3 or spec.unit == "万元":
                    column.style = "header"
                else:
                    column.unit, column.factor = "", 1.0
            elif spec.kind == "share":
                column.unit = "%"
                column.style = "header" if rng.random() < 0.5 else ""
            if column.style == "header":
                column.levels[0] += rng.choice(("（{}）", "({})")).format(column.unit)
            columns.append(column)
        if has("unknown-columns"):
            for header in rng.sample(UNKNOWN, rng.randint(1, 3)):
                columns.insert(rng.randint(1, len(columns)), _Column(None, [header], style="unknown"))
        if has("remarks"):
            columns.append(_Column(None, ["备注"], style="remark"))
        if has("empty-column"):
            columns.insert(rng.randint(1, len(columns)), _Column(None, [rng.choice(UNKNOWN)], style="empty"))
        if has("header-breaks"):
            for c in columns:
                text = c.levels[0]
                c.levels[0] = f"{text[:2]}\n{text[2:]}" if rng.random() < 0.5 else " ".join(text[:2]) + text[2:]
        if has("numbered-headers"):
            for i, c in enumerate(columns):
                if c.spec:
                    c.levels[0] = f"{i + 1}.{c.levels[0]}"
        if has("blank-columns"):
            columns.insert(rng.randint(2, len(columns)), _Column(None, [""], style="blank"))
        return columns

    # --- above the data

    def _titles(self, sheet: Sheet, left: int, width: int) -> None:
        rng = self.rng
        row = len(sheet.rows)
        _put(sheet, left, [rng.choice(("某某市2020年社区情况统计表", "城乡社区综合服务设施情况一览表", "附件2"))])
        if not self.has("no-merges") and rng.random() < 0.7:
            sheet.merged.append((row, left, row, left + width - 1))
        if rng.random() < 0.5:
            _put(sheet, left, ["填报单位：某某市民政局", None, None, "填报日期：2020年12月31日"])
        if rng.random() < 0.3:
            sheet.rows.append([])

    def _head(self, sheet: Sheet, top: int, left: int, columns: list[_Column]) -> None:
        depth = len(self.levels)
        while len(sheet.rows) < top + self.height:
            sheet.rows.append([])
        for r, level in enumerate(self.levels):
            for c, text in enumerate(level):
                _set(sheet, top + r, left + c, text or None)
        if depth > 1 and not self.has("no-merges") and not self._on("split-phrases"):
            for c in range(len(columns)):
                rows = [r for r in range(depth) if self.levels[r][c] or (r < depth - 1 and self.spans[r][c] >= 0)]
                if rows == [0]:
                    sheet.merged.append((top, left + c, top + depth - 1, left + c))
            for r in range(depth - 1):
                for start, end in self._runs(self.spans[r]):
                    if end > start:
                        sheet.merged.append((top + r, left + start, top + r, left + end))
        if self._on("unit-row"):
            for c, column in enumerate(columns):
                _set(sheet, top + depth, left + c, f"（{column.unit}）" if column.style == "row" else None)

    @staticmethod
    def _runs(spans: list[int]) -> list[tuple[int, int]]:
        runs, start = [], 0
        for c in range(1, len(spans) + 1):
            if c == len(spans) or spans[c] != spans[start]:
                if spans[start] >= 0:
                    runs.append((start, c - 1))
                start = c
        return runs

    def _levels(self, columns: list[_Column]) -> list[list[str]]:
        """Header texts by level; ``self.spans[level][column]`` numbers the group title over a column, -1 for none."""
        rng, has = self.rng, self._on
        leaf = [c.levels[0] for c in columns]
        depth = 4 if has("four-levels") else 3 if has("three-levels") else 2 if has("two-levels") else 1
        self.spans = [[-1] * len(columns) for _ in range(depth)]
        if has("split-phrases"):
            cut = [max(len(t) // 2, t.find(".") + 2) if c.spec and len(t) >= 6 and "(" not in t and "（" not in t else 0
                   for t, c in zip(leaf, columns, strict=True)]  # fmt: skip
            if sum(map(bool, cut)) > 1:
                self.spans.append([-1] * len(columns))
                return [[t[:k] if k else t for t, k in zip(leaf, cut, strict=True)],
                        [t[k:] if k else "" for t, k in zip(leaf, cut, strict=True)]]  # fmt: skip
            return [leaf]
        if depth == 1:
            return [leaf]
        levels = [[""] * len(columns) for _ in range(depth)]
        under = [bool(c.spec) for c in columns]
        if under.count(True) < 2:
            return [leaf]
        titles = rng.sample(GROUPS, 3)
        runs = self._runs([0 if u else -1 for u in under])
        number = 0
        for start, end in runs:
            if end == start:
                under[start] = False
                continue
            for r in range(depth - 1):
                cuts = [start] if r == 0 else sorted({start, *self._starts(self.spans[r - 1], start, end)})
                if r == depth - 2 and end - start >= 3:
                    cuts = sorted({*cuts, start + (end - start + 1) // 2})
                for a, b in zip(cuts, [*cuts[1:], end + 1], strict=True):
                    number += 1
                    levels[r][a] = titles[number % 3] if r else ("总体情况" if depth > 2 else titles[number % 3])
                    for c in range(a, b):
                        self.spans[r][c] = number
        for c in range(len(columns)):
            if under[c]:
                levels[depth - 1][c] = leaf[c]
            else:
                levels[0][c] = leaf[c]
        return levels

    @staticmethod
    def _starts(spans: list[int], start: int, end: int) -> list[int]:
        return [c for c in range(start, end + 1) if c == start or spans[c] != spans[c - 1]]

    def _index(self, sheet: Sheet, left: int, columns: list[_Column], panels: int, step: int) -> None:
        row = len(sheet.rows)
        stems = iter("甲乙丙丁戊己")
        number = 0
        for c, column in enumerate(columns):
            if column.names or column.style == "serial":
                text: Any = next(stems)
            elif column.style == "blank":
                text = None
            else:
                number += 1
                text = number
            for p in range(panels):
                _set(sheet, row, left + p * step + c, text)

    # --- the data

    def _body(
        self, sheet: Sheet, left: int, columns: list[_Column], records: list[dict[str, Any]], header: list[list[Any]],
        counties: bool,
    ) -> None:  # fmt: skip
        rng, has = self.rng, self._on
        many = not counties
        order = list(dict.fromkeys(r["county"] for r in records))
        blocks = [[r for r in records if r["county"] == name] for name in order] if many else [records]
        firsts: dict[int, tuple[str, int]] = {}
        done = 0
        place = len(sheet.rows)
        if has("totals-first"):
            sheet.rows.append([])
        for block in blocks:
            if has("groups") and many:
                stated = len(block)
                if rng.random() < 0.15:
                    stated += 1
                    self.dressed.wrong_counts.append(len(sheet.rows) + 1)
                _put(sheet, left, [f"{block[0]['county']}（{stated}个）"])
            for record in block:
                row = len(sheet.rows)
                self._record(sheet, row, left, columns, record, serial=done + 1)
                if has("vertical") and many:
                    self._once(sheet, row, left, columns, record, firsts)
                if has("hidden-rows") and rng.random() < 0.3:
                    sheet.hidden_rows.append(row)
                done += 1
                if has("repeated-header") and done % 5 == 0 and done < len(records):
                    if rng.random() < 0.5:
                        _put(sheet, left, ["续表"])
                    sheet.rows += [list(line) for line in header]
                    firsts.clear()
                if has("blank-rows") and done < len(records) and rng.random() < 0.2:
                    sheet.rows.append([])
                    if rng.random() < 0.5 and not has("vertical"):
                        sheet.rows.append([])
            if many and len(blocks) > 1 and (has("subtotals") or has("named-subtotals")):
                named = (f"{block[0]['county']}小计", f"{block[0]['county']}合计")
                words = rng.choice(named if has("named-subtotals") else ("小计", "小 计"))
                self._total(sheet, len(sheet.rows), left, columns, block, words)
                firsts.clear()
            if has("unmarked-subtotals") and many and len(block) > 2:
                self._total(sheet, len(sheet.rows), left, columns, block, block[0]["county"])
        words = rng.choice(("合计", "合　计", "总计", "全市合计"))
        if has("totals-first"):
            self._total(sheet, place, left, columns, records, words)
        if has("wrong-total"):
            row = len(sheet.rows)
            self._total(sheet, row, left, columns, records, words)
            sums = [
                c
                for c, column in enumerate(columns)
                if column.spec is not None and sheet.rows[row][left + c : left + c + 1] not in ([], [None])
            ]
            if len(sums) > 2 and len(records) > 1:
                c = left + rng.choice(sums)
                sheet.rows[row][c] += 1000
                self.dressed.wrong_totals.append((row, c))
        if has("totals"):
            self._total(sheet, len(sheet.rows), left, columns, records, words)
        if has("unmarked-total"):
            self._total(sheet, len(sheet.rows), left, columns, records, "市辖区")

    def _once(
        self, sheet: Sheet, row: int, left: int, columns: list[_Column], record: dict[str, Any],
        firsts: dict[int, tuple[str, int]],
    ) -> None:  # fmt: skip
        """Names of regions once for each block, merged down where the file keeps merges."""
        changed = False
        for c, column in enumerate(columns):
            if column.key not in ("county", "street"):
                continue
            name = record[column.key]
            held = firsts.get(c)
            if held and held[0] == name and not changed:
                sheet.rows[row][left + c] = None
                if not self.has("no-merges"):
                    span = (held[1], left + c, row, left + c)
                    sheet.merged = [m for m in sheet.merged if m[:2] != span[:2]] + [span]
            else:
                firsts[c] = (name, row)
                changed = True

    def _record(
        self, sheet: Sheet, row: int, left: int, columns: list[_Column], record: dict[str, Any], serial: int = 1
    ) -> None:
        entry = Record(sheet.name, {}, {})
        # Somebody must have filled in something, or the table says nothing of itself.
        blank = self._on("blank-records") and self.rng.random() < 0.15 and serial > 1
        for c, column in enumerate(columns):
            wanted, written = None, None
            if column.style == "serial":
                written = serial
            elif column.style == "unknown":
                written = self.rng.choice(("甲类", "乙类", "丙类"))
            elif column.style == "remark":
                written = self.rng.choice((None, None, "2021年换届", "含合计数据，另附说明。", "2020年新建"))
            elif column.style == "code":
                wanted, written = self._code(record["region_code"])
            elif column.key is not None and blank and column.spec is not None:
                wanted = Wanted("blank")
            elif column.key is not None:
                wanted, written = self._cell(column, record[column.key])
            _set(sheet, row, left + c, written)
            if wanted is not None and column.key is not None:
                entry.wanted[column.key] = wanted
                entry.at[column.key] = (row, left + c)
        if "county" in record and "county" not in entry.wanted:
            entry.wanted["county"] = Wanted("text", record["county"])
        self.dressed.records.append(entry)

    def _total(
        self, sheet: Sheet, row: int, left: int, columns: list[_Column], block: list[dict[str, Any]], word: str
    ) -> None:
        while len(sheet.rows) <= row:
            sheet.rows.append([])
        label = next(c for c, column in enumerate(columns) if column.names)
        _set(sheet, row, left + label, word)
        for c, column in enumerate(columns):
            if column.spec is not None and column.spec.kind in ("int", "decimal") and column.key is not None:
                figures = [self._scaled(column, record[column.key])[1] for record in block]
                total = round(sum(figures), 6)
                _set(sheet, row, left + c, int(total) if float(total).is_integer() else total)

    # --- cells

    @staticmethod
    def _scaled(column: _Column, value: Any) -> tuple[float, float]:
        """(canonical value, number as written in the column's unit): rounded as people write it."""
        if column.factor == 1.0:
            return value, value
        written = round(value / column.factor, 4 if column.factor > 1 else 0)
        exact = written * column.factor
        return (float(round(exact)) if column.spec is not None and column.spec.kind == "int" else exact), written

    def _cell(self, column: _Column, value: Any) -> tuple[Wanted, Any]:
        """What the cell must be read as, and what is written."""
        rng, has = self.rng, self._on
        spec = column.spec
        if spec is None:
            return Wanted("text", value), f" {value} " if has("spaces") and rng.random() < 0.3 else value
        if spec.kind == "category":
            return Wanted("text", value), rng.choice(WORDS[value])
        if has("blank-words") and rng.random() < 0.15:
            return Wanted("blank"), rng.choice(BLANK)
        if has("exempt") and rng.random() < 0.1:
            return Wanted("exempt"), rng.choice(EXEMPT)
        if has("errors") and rng.random() < 0.08:
            return Wanted("refused"), rng.choice(ERRORS)
        if has("prose") and rng.random() < 0.08 and spec.kind in ("int", "decimal"):
            return Wanted("refused"), rng.choice(PROSE)
        if spec.kind == "truth":
            return Wanted("number", float(value)), rng.choice(WORDS[value])
        if spec.kind == "hours":
            return Wanted("number", float(value)), rng.choice(HOURS[value])
        if spec.kind == "share":
            return self._share(column, value)
        exact, written = self._scaled(column, value)
        if spec.kind == "count":
            return Wanted("number", float(exact)), rng.choice((written, f"{written}名"))
        if has("bounds") and rng.random() < 0.15 and written >= 100 and spec.kind == "int":
            head = int(written // 100) * 100
            scaled = exact
            text = rng.choice((f"{head}余", f"{head}多", f"不少于{head}", f"{head}以上"))
            return Wanted("within", scaled), text
        return Wanted("number", float(exact)), self._number(column, written)

    def _code(self, code: str) -> tuple[Wanted, Any]:
        form = self.rng.choice(("text", "text", "number", "cut"))
        if form == "cut":
            return Wanted("refused"), f"{float(code):.5E}"
        return Wanted("text", code), int(code) if form == "number" else code

    def _share(self, column: _Column, value: float) -> tuple[Wanted, Any]:
        percent = round(value * 100, 4)
        forms: list[Any] = [f"{percent:g}%", f"{percent:g}％", Percent(value)]
        if column.style == "header":
            forms.append(percent)
        wanted = Wanted("number", value)
        return wanted, self.rng.choice(forms) if self.has("percent-forms") and not self.plain else f"{percent:g}%"

    def _number(self, column: _Column, written: float) -> Any:
        rng = self.rng
        number: Any = int(written) if float(written).is_integer() else written
        forms = [m for m in CELLS[:5] if m in self.messes and not self.plain]
        if not forms or rng.random() < 0.4:
            return number
        form = rng.choice(forms)
        if form == "thousands":
            return f"{number:,}"
        if form == "full-width":
            return str(number).translate(str.maketrans("0123456789.", "０１２３４５６７８９．"))
        if form == "chinese-numerals" and isinstance(number, int) and 2 <= number < 100_000_000:
            return chinese(number)
        if form == "unit-in-cell" and column.spec is not None:
            unit = column.unit or column.spec.unit
            return f"{number}{unit}"
        return rng.choice((str(number), f" {number}", f"{number} "))


def chinese(number: int) -> str:
    """1234 -> 一千二百三十四, up to 9999 万."""
    if number >= 10_000:
        high, low = divmod(number, 10_000)
        gap = "零" if 0 < low < 1000 else ""
        return f"{chinese(high)}万{gap}{_below(low) if low else ''}"
    return _below(number)


def _below(number: int) -> str:
    text, zero = "", False
    for unit, name in ((1000, "千"), (100, "百"), (10, "十"), (1, "")):
        digit = number // unit % 10
        if digit:
            text += ("零" if zero and text else "") + "零一二三四五六七八九"[digit] + name
        zero = not digit
    return text[1:] if 10 <= number < 20 else text


def _set(sheet: Sheet, row: int, column: int, value: Any) -> None:
    while len(sheet.rows) <= row:
        sheet.rows.append([])
    line = sheet.rows[row]
    line += [None] * (column + 1 - len(line))
    line[column] = value


def _put(sheet: Sheet, left: int, values: list[Any]) -> None:
    sheet.rows.append([None] * left + values)
