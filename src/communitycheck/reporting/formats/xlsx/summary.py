"""The first and the last sheet of the workbook: what it all comes to, and what it was made from."""

from __future__ import annotations

from collections import defaultdict

from xlsxwriter.worksheet import Worksheet

from communitycheck.model.dictionary import REGION_LEVELS
from communitycheck.model.result import OUTCOMES, RuleResult
from communitycheck.model.standard import Standard
from communitycheck.reporting.brief import answer_block, groups_block
from communitycheck.reporting.document import Block
from communitycheck.reporting.excel import LINKS, text_width
from communitycheck.reporting.formats.xlsx.book import Book, PassRate
from communitycheck.reporting.formats.xlsx.table import BookColumn, Tables, Written, bars
from communitycheck.reporting.gap_words import limit_in_words, missing_in_words, worst_area
from communitycheck.reporting.rates import rule_rate
from communitycheck.reporting.summary import summary_pairs
from communitycheck.reporting.totals.gaps import Gap
from communitycheck.reporting.totals.regions import RegionTally
from communitycheck.reporting.totals.rules import RuleTally, is_listed, only_region, tally
from communitycheck.reporting.words.numbers import count, rate
from communitycheck.reporting.words.sentences import Wording

GAPS = 40  # rules with fails
CHARTED = 30  # bars in a chart, which a page can hold
CHART_WIDTH = 640
NAMES = (34, 52)  # the column of names: at least, at most


def write_summary(
    tables: Tables,
    sheet: Worksheet,
    found: list[Gap],
    regions: list[tuple[RuleResult, RegionTally]],
    written: list[Written],
) -> None:
    """Totals, outcomes, pass rates by rule and by region with their charts, and how many rows the sheets hold."""
    report, book, wording = tables.report, tables.book, tables.wording
    say = wording.say
    page = _Page(book, sheet)
    page.put("title", wording.report_title())
    answer = answer_block(report, found, wording)
    page.put("section", answer.title)
    for sentence in answer.lines:
        page.put("plain", sentence)
    chart_at = page.at + 1  # beside the first table
    _write_gaps(page, sheet, found, wording)
    _write_needs(page, groups_block(report, wording), wording)
    page.gap()
    for label, value in summary_pairs(report, wording):
        if label != say("label-verdicts"):  # a table of their own follows
            page.pair(label, value)
    page.gap()
    page.heads(say("column-outcome"), say("column-count"))
    outcomes = report.outcomes()
    for outcome in OUTCOMES:
        page.row(wording.outcome(outcome), outcomes[outcome])
    page.row(say("all-regions"), sum(outcomes.values()))
    by_rule = [_rule_line(t, wording) for t in (tally(r, report.dictionary) for r in report.results) if _is_live(t)]
    by_rule.sort(key=_lowest)
    chart_at = page.table_with_chart(say("chart-rules"), say("column-rule"), by_rule, wording, chart_at)
    level, by_region = _by_region(regions, wording)
    if by_region:
        by_region.sort(key=_lowest)
        title = say("chart-regions", level=wording.entity(level))
        page.table_with_chart(title, wording.entity(level), by_region, wording, chart_at)
    page.gap()
    page.put("section", say("label-rows"))
    for one in written:
        page.put("plain", _rows(one, wording))
    # The first text column is two wide: labels stand in the first, long names run on into the second.
    sheet.set_column(0, 0, 14)
    longest = max((text_width(name) for name, *_ in by_rule), default=0)
    sheet.set_column(1, 1, min(max(longest - 12, NAMES[0]), NAMES[1]))
    sheet.set_column(2, 4, 10)
    sheet.set_column(5, 5, 26)
    sheet.set_column(6, 6, 18)


def _write_gaps(page: _Page, sheet: Worksheet, found: list[Gap], wording: Wording) -> None:
    """The rules that single subjects fail, the largest gap first: the rate, what is missing, where most of it."""
    if not found:
        return
    say = wording.say
    page.gap()
    page.put("section", say("heading-gaps", n=count(len(found))))
    page.heads(*(say(f"column-{c}") for c in ("rule", "passed", "judged", "rate")))
    page.beside(5, say("column-missing"), say("column-worst-area"), kind="head-after")
    first = page.at
    for gap in found[:GAPS]:
        one = gap.tally
        rule = one.result.rule
        name = f"{wording.rule_id(rule)} {wording.rule_title(rule)} {limit_in_words(one.result, wording)}".rstrip()
        page.row(name, one.passed, one.judged, PassRate(one.passed, one.judged))
        page.beside(5, missing_in_words(one, wording), worst_area(gap, wording))
    bars(sheet, first, 4, page.at - 1)
    if len(found) > GAPS:
        page.put("plain", say("brief-more", n=count(len(found) - GAPS)))


def _write_needs(page: _Page, block: Block | None, wording: Wording) -> None:
    """Regions that fail as a whole: the rule and the region, its value, what is missing."""
    if block is None or not block.rows:
        return
    say = wording.say
    page.gap()
    page.put("section", block.title)
    page.heads(say("column-rule"), "", "", "")
    page.beside(5, *(column.title for column in block.columns[-2:]), kind="head-after")
    for row in block.rows:
        *about, observed, missing = row.cells
        page.put("plain", " ".join(part for part in about if part))
        page.beside(5, observed, missing)
    for sentence in block.lines:
        page.put("plain", sentence)


def write_provenance(tables: Tables) -> Written:
    """Files with their hashes, standards with their sources, the day and the options."""
    report, wording = tables.report, tables.wording
    say = wording.say
    columns = [
        BookColumn(say("column-item")),
        BookColumn(say("column-name"), wide=60),
        BookColumn(say("column-sha256"), wide=68),
        BookColumn(say("column-note"), wide=60),
    ]
    sheet = tables.sheet("provenance", columns)
    sheet.add([say("label-version"), f"communitycheck {report.version}", "", ""])
    sheet.add([say("label-as-of"), report.as_of.isoformat(), "", say(f"as-of-from-{report.as_of_from}")])
    gate = report.gate
    severity = say("never") if gate.fail_on == "never" else wording.severity(gate.fail_on)
    sheet.add([say("option-fail-on"), severity, "", ""])
    sheet.add([say("option-strict"), wording.truth(gate.strict), "", ""])
    sheet.add([say("option-incomplete"), wording.truth(gate.allow_incomplete), "", ""])
    for option, value in report.options:
        sheet.add([option, value, "", ""])
    for standard in report.standards:
        title = f"{standard.id} {standard.title.in_lang(wording.lang)}"
        sheet.add([say("column-standard"), title, standard.sha256, _source(standard, wording)])
    for one in report.returns:
        records = sum(s.records for s in one.sheets)
        note = f"{one.format} {one.encoding or ''}".strip()
        sheet.add([say("label-returns"), one.path, one.sha256, say("file-note", format=note, n=count(records))])
    for error in report.unread:
        sheet.add([say("level-unread"), error.path, "", wording.error(error)])
    return sheet.close()


def _lowest(line: tuple[str, int, int]) -> float:
    """What a line is sorted by: its rate; what has none comes last."""
    return line[1] / line[2] if line[2] else 2


def _is_live(one: RuleTally) -> bool:
    """True for a rule that judges and had somebody to judge, were it without data."""
    return is_listed(one.result) and bool(one.concerned)


def _rule_line(one: RuleTally, wording: Wording) -> tuple[str, int, int]:
    """A rule's name, and passed of judged; of one region judged as a whole its own counts, where it has such."""
    rule, how = one.result.rule, rule_rate(one, wording)
    name = f"{wording.rule_id(rule)} {wording.rule_title(rule)}"
    if only_region(one.result) is None:
        return name, one.passed, one.judged
    is_count = float(how.part).is_integer() and float(how.whole).is_integer()
    return (name, int(how.part), int(how.whole)) if is_count else (name, 0, 0)


def _by_region(
    regions: list[tuple[RuleResult, RegionTally]], wording: Wording
) -> tuple[str, list[tuple[str, int, int]]]:
    """Passed and judged of all rules in each region, at the level that tells most: counties where there are several."""
    sums: dict[str, dict[tuple[str, ...], list[int]]] = defaultdict(lambda: defaultdict(lambda: [0, 0]))
    for _, one in regions:
        pair = sums[one.level][one.path]
        pair[0] += one.passed
        pair[1] += one.judged
    preferred = [level for level in ("county", "city", "street", "province") if len(sums.get(level, ())) > 1]
    level = next(iter(preferred), next((level for level in REGION_LEVELS if level in sums), ""))
    if not level:
        return "", []
    # Two counties of one name are told apart by their cities.
    last = [path[-1] for path in sums[level]]
    found = []
    for path, (passed, judged) in sums[level].items():
        name = path[-1] if last.count(path[-1]) == 1 else "/".join(p for p in path if p)
        found.append((name or wording.say("region-unnamed"), passed, judged))
    return level, found


def _source(standard: Standard, wording: Wording) -> str:
    source = standard.source
    parts = [source.document, source.issuer, source.date.isoformat() if source.date else "", source.url]
    start = standard.in_force_from
    if start is not None:
        parts.append(wording.say("in-force", start=start.isoformat()))
    return wording.say("comma").join(p for p in parts if p)


def _rows(one: Written, wording: Wording) -> str:
    values = {"sheet": one.title, "n": count(one.rows), "total": count(one.total), "sheets": len(one.sheets)}
    if one.rows < one.total:
        return wording.say("rows-capped", **values)
    text = wording.say("rows-split" if len(one.sheets) > 1 else "rows-written", **values)
    if one.unlinked:
        text += wording.say("comma") + wording.say("rows-unlinked", n=count(one.unlinked), limit=count(LINKS))
    return text


class _Page:
    """The summary sheet, filled from the top down. ``at`` is the next row."""

    def __init__(self, book: Book, sheet: Worksheet) -> None:
        self._book = book
        self._sheet = sheet
        self._charts = 0
        self.at = 0

    def put(self, kind: str, text: str) -> None:
        self._book.put(self._sheet, self.at, 0, text, kind)
        self.at += 1

    def pair(self, label: str, value: str) -> None:
        self._book.put(self._sheet, self.at, 0, label, "label")
        self._book.put(self._sheet, self.at, 1, value)
        self.at += 1

    def gap(self) -> None:
        self.at += 1

    def heads(self, *titles: str) -> None:
        """Titles of a table: a name over two columns, then numbers."""
        self._book.put(self._sheet, self.at, 0, titles[0], "head")
        self._book.put(self._sheet, self.at, 1, "", "head")
        for k, title in enumerate(titles[1:], 2):
            self._book.put(self._sheet, self.at, k, title, "head-figure")
        self.at += 1

    def row(self, name: str, *numbers: int | PassRate) -> None:
        self._book.put(self._sheet, self.at, 0, name)
        for k, number in enumerate(numbers, 2):
            self._book.put(self._sheet, self.at, k, number)
        self.at += 1

    def beside(self, column: int, *texts: str, kind: str = "plain-after") -> None:
        """Words in the row above, from a column on."""
        for k, text in enumerate(texts, column):
            self._book.put(self._sheet, self.at - 1, k, text, kind)

    def table_with_chart(
        self, title: str, what: str, lines: list[tuple[str, int, int]], wording: Wording, chart_at: int
    ) -> int:
        """A table of pass rates and, to its right from row ``chart_at`` on, the chart; the row below the chart.

        Of very many ``lines``, which come the lowest rate first, only the first are listed, and the title says so.
        """
        listed = lines[:CHARTED]
        if len(lines) > CHARTED:
            title += wording.say("brackets", text=wording.say("chart-worst-of", n=CHARTED, total=count(len(lines))))
        if not listed:
            return chart_at
        self.gap()
        chart_at = max(chart_at, self.at if self._charts else 0)  # but for the first, a chart begins beside its table
        self.put("section", title)
        say = wording.say
        self.heads(what, say("column-passed"), say("column-judged"), say("column-rate"))
        first = self.at
        for name, passed, total in listed:
            self.row(name, passed, total, PassRate(passed, total))
        bars(self._sheet, first, 4, self.at - 1)
        return self._chart(title, first, listed, chart_at)

    def _chart(self, title: str, first: int, lines: list[tuple[str, int, int]], chart_at: int) -> int:
        chart = self._book.chart()
        font = {"name": self._book.font, "size": 9}
        name, last = self._sheet.get_name(), first + len(lines) - 1
        chart.add_series(
            {
                "categories": [name, first, 0, last, 0],
                "values": [name, first, 4, last, 4],
                "fill": {"color": "#5B9BD5"},
                "gap": 40,
                "data_labels": {"value": True, "font": font, "custom": [{"value": rate(p, n)} for _, p, n in lines]},
            }
        )
        chart.set_title({"name": title, "name_font": {**font, "size": 12}, "overlay": False})
        chart.set_legend({"none": True})
        chart.set_y_axis({"reverse": True, "major_gridlines": {"visible": False}, "num_font": font})
        chart.set_x_axis({"min": 0, "max": 1.2, "visible": False, "major_gridlines": {"visible": False}})
        height = 70 + 20 * len(lines)  # as tall as the table beside it
        chart.set_size({"width": CHART_WIDTH, "height": height})
        self._sheet.insert_chart(chart_at, 8, chart)
        self._charts += 1
        return chart_at + height // 20 + 2
