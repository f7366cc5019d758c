"""Is a table transposed? Once the dictionary is known its row labels tell: they are fields, its headers are not."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import PurePath

from msgspec.structs import replace

from communitycheck.model.units import stands_for_unit
from communitycheck.returns.cells.dates import read_date
from communitycheck.returns.cells.stated_place import stated_place
from communitycheck.returns.cells.ticks import EMPTIES, ticked
from communitycheck.returns.columns.headers.header import parse_header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.meaning.match import candidates
from communitycheck.returns.columns.transposed.across import Across, Meaning, across, read_header
from communitycheck.returns.columns.transposed.totals import claims_across
from communitycheck.returns.layout.cell_kinds import Kind, header_text, kind_of, plain
from communitycheck.returns.layout.layout import BLANK_FORM, Layout
from communitycheck.returns.layout.transpose import MOST_ROWS, UNIT_HEADERS, transpose

# Labels stand in one of the first columns; so many rows are looked at before all of them are.
LABELS = 4
SAMPLE = 60
# No form has more columns.
WIDEST = 40
# Labels that are kept for the next table.
MOST_LABELS = 20_000
# Of the labels so many at least must be fields: a list of facilities by kind names few, and each of them often.
LEAST = 2
SHARE = 0.25
# 平方米/百户; what is longer is a remark.
LONGEST_UNIT = 8


def transposed(layout: Layout, names: FieldNames) -> Layout | str | None:
    """The table transposed, where each of its rows is an indicator; None where it is no such table.

    The code of a refusal where nobody can say what its columns are, or whose form it is.
    """
    if not layout.header_rows or layout.first_row is None or layout.last_row is None:
        return None
    bottom, last = max(layout.header_rows) - 1, layout.last_row - 1
    if last - bottom > MOST_ROWS:
        return None
    fields = _fields_by_column(layout, names, bottom, last)
    label = max(fields, key=lambda c: (len(fields[c]), -c), default=None)
    if label is None or _fields_in_header(layout, names) >= len(fields[label]):
        return None
    layout, rows_less = _indicators_in_header(layout, label, names)
    bottom -= rows_less
    rows = layout.grid.rows(bottom + 1, last)
    if _blank(layout, label, rows):
        return BLANK_FORM
    chosen: Across | str
    if _about_periods(fields, names):
        chosen, lead = _periods(layout, label, names)
    else:
        chosen, lead = _records(layout, label, rows), _lead(layout, label, names)
    if isinstance(chosen, str):
        return chosen
    records = chosen.records
    if not any(_text(row[c]) for row in rows for c in records):
        return None
    label_columns = sorted((c for c in fields if fields[c] and c not in records), key=lambda c: c != label)
    labels: dict[int, str] = {}
    for at, row in enumerate(rows, start=bottom + 1):
        texts = [text for c in label_columns if (text := _text(row[c]))]
        known = next((text for text in texts if _field(text, names)), None)
        if known or (texts and any(_text(row[c]) for c in records)):
            labels[at] = known or texts[0]
    if chosen.one:
        place = _place_of_form(layout, labels, chosen, names)
        if place is None:
            return "form-of-nobody"
        lead, name = place
        chosen = replace(chosen, names=dict.fromkeys(records, name) if name else {})
    unit = _unit_column(layout, label, min(records), rows)
    totals = {} if chosen.one else _totals(layout, label, records)
    result = transpose(layout, labels, records, lead, {**chosen.names, **totals}, unit)
    if result is not None:
        result.false_claims = claims_across(result, [c - layout.first_column for c in totals])
        result.period = chosen.day
        result.periods_aside = [c.header for c in layout.columns if c.index in chosen.aside]
        others = [c.index for c in layout.columns if c.index not in (*records, *label_columns, *chosen.aside, *totals)]
        others = [c for c in others if not _is_unit_column(layout, c, rows)]
        result.unused_columns = [c for c in others if any(kind_of(row[c]) is Kind.VALUE for row in rows)]
    return result


def _blank(layout: Layout, label: int, rows: list[list[str | None]]) -> bool:
    """Nothing stands right of the labels but their units, codes and remarks: a form that nobody has filled in."""
    right = [c for c in layout.columns if c.index > label and not _is_unit_column(layout, c.index, rows)]
    places = [c.index for c in right if read_header(c.index, c.header).meaning is not Meaning.ABOUT]
    return not any(_text(row[c]) for row in rows for c in places)


def _place_of_form(layout: Layout, labels: dict[int, str], chosen: Across, names: FieldNames) -> tuple[str, str] | None:
    """What heads the name of a form's one subject, and this name; both empty where a row gives it, None where nothing
    does."""
    filled = (label for row, label in labels.items() if layout.grid.cell(row, chosen.records[0]))
    if any(_names_subjects(label, names) for label in filled):
        return "", ""
    place = stated_place(layout.titles, (layout.grid.sheet, PurePath(layout.grid.path).stem))
    return (names.fields[place.level].label.zh, place.name) if place and place.level in names.fields else None


def _names_subjects(label: str, names: FieldNames) -> bool:
    """A row 社区名称 or 单位名称: it names the subject."""
    keys = names.exact.get(normal(label), ())
    return any(names.fields[key].role in ("name", "region") for key in keys)


def _fields_by_column(layout: Layout, names: FieldNames, bottom: int, last: int) -> dict[int, set[str]]:
    """For each of the first columns the fields that its cells name; empty where in none of them they are labels of
    indicators: too few fields, or each of them often."""
    columns = [c.index for c in layout.columns[:LABELS]]
    sample = layout.grid.rows(bottom + 1, min(last, bottom + SAMPLE))
    if max((len(_fields([row[c] for row in sample], names)) for c in columns), default=0) < LEAST:
        return {}
    rows = layout.grid.rows(bottom + 1, last)
    found = {c: _fields([row[c] for row in rows], names) for c in columns}
    label = max(columns, key=lambda c: (len(found[c]), -c))
    filled = sum(1 for row in rows if _text(row[label]))
    matched = sum(1 for row in rows if _field(row[label], names))
    distinct = len(found[label])
    return {} if distinct < LEAST or distinct < SHARE * filled or distinct * 3 < matched * 2 else found


def _fields_in_header(layout: Layout, names: FieldNames) -> int:
    """How many figures and facts the header itself names: a table whose header names as many as its rows stands
    upright."""
    found = [c for column in layout.columns for c in candidates(parse_header(column.header), names)]
    return sum(names.fields[key].role is None for key in {c.key for c in found if c.confidence == 1.0})


def _is_unit_column(layout: Layout, index: int, rows: list[list[str | None]]) -> bool:
    """A column of units, by its header or by what stands in it."""
    if any(c.index == index and plain(c.header).casefold() in UNIT_HEADERS for c in layout.columns):
        return True
    texts = [text for row in rows if (text := _text(row[index]))]
    return bool(texts) and all(stands_for_unit(text.strip("()（）")) for text in texts)


def _unit_column(layout: Layout, label: int, first: int, rows: list[list[str | None]]) -> int | None:
    """The column with the unit of each label: one that says so or holds nothing else, or else one without a header
    that stands between the labels and the first record and holds short words."""
    others = [c.index for c in layout.columns if c.index != label]
    stated = next((index for index in others if _is_unit_column(layout, index, rows)), None)
    if stated is not None:
        return stated
    headed = {c.index for c in layout.columns if c.header.strip()}
    for index in range(label + 1, first):
        texts = [text for row in rows if (text := _text(row[index]))]
        words = all(len(text) <= LONGEST_UNIT and kind_of(text) is Kind.TEXT for text in texts)
        if index not in headed and texts and words:
            return index
    return None


def form(layout: Layout, names: FieldNames) -> str | None:
    """``form-with-data`` or ``form-without-data`` where labels and what belongs to them stand side by side, several
    times in a row: a form about one subject, and no table."""
    if layout.first_row is None or layout.last_row is None:
        return None
    top, last = min([*layout.header_rows, layout.first_row]) - 1, layout.last_row - 1
    if last - top > SAMPLE or not 3 <= len(layout.columns) <= WIDEST:
        return None
    rows = layout.grid.rows(top, last)
    if _is_open_form(layout, rows, names):
        return BLANK_FORM
    known = {c.index: [is_label(t, names) for row in rows if (t := _text(row[c.index]))] for c in layout.columns}
    labels = [c for c, named in known.items() if named and sum(named) * 5 >= len(named) * 3]
    # A label stands left of its own cell, so that no two columns of labels touch; and none says the same twice.
    several = [c for c in labels if len({normal(_text(row[c])) for row in rows} - {""}) > 1]
    if len(several) < 2 or any(c + 1 in labels for c in labels):
        return None
    beside = [text for c in labels if (text := next(map(_text, rows[0][c + 1 : c + 2]), ""))]
    if sum(is_label(text, names) for text in beside) * 2 > len(beside):  # a header: every cell of it is a name
        return None
    pairs = [row for row in rows if sum(is_label(_text(row[c]), names) for c in labels) > 1]
    if len(pairs) < 2:
        return None
    answered = any(_text(text) for row in rows for c in labels for text in row[c + 1 : c + 2])
    return "form-with-data" if answered else BLANK_FORM


def _is_open_form(layout: Layout, rows: list[list[str | None]], names: FieldNames) -> bool:
    """Each text has an open place right of it (nothing, a line to write on, a box that nobody has ticked), and there
    are labels in several columns and in several rows: no header has such gaps, and no record such words."""
    span = range(layout.first_column, layout.last_column + 1)
    said = [(r, c) for r, row in enumerate(rows) for c in span if not is_open(row[c])]
    if any(not is_open(row[c + 1]) for r, c in said if c + 1 < len(row := rows[r])):
        return False
    known = [(r, c) for r, c in said if is_label(_text(rows[r][c]), names)]
    if any(kind_of(rows[r][c]) is not Kind.TEXT for r, c in said) or len({c for _, c in said}) < 2:
        return False
    return len(known) >= LEAST + 1 and len({r for r, _ in known}) >= LEAST and len(known) * 2 >= len(said)


def is_open(text: str | None) -> bool:
    """A place for an answer that nobody has given: nothing, a line to write on, boxes of which none is ticked."""
    body = _text(text).strip("_＿")
    return not body or (any(box in body for box in EMPTIES) and ticked(body) == "")


def is_label(text: str, names: FieldNames) -> bool:
    """The text is the name of a field, also with its unit behind it."""
    return normal(text) in names.exact or "".join(parse_header(text).levels) in names.exact


def _indicators_in_header(layout: Layout, label: int, names: FieldNames) -> tuple[Layout, int]:
    """The layout whose header ends above the first row that is an indicator, and how many rows that is less.

    An indicator in words (社区类型: 城市社区, 农村社区) stands over its figures like a further row of the header.
    """
    grid, rows = layout.grid, layout.header_rows
    first = next((r for r in rows[1:] if normal(grid.cell(r - 1, label) or "") in names.exact), None)
    if first is None:
        return layout, 0
    kept = [r for r in rows if r < first]
    columns = [replace(c, header="/".join(filter(None, (header_text(grid.cell(r - 1, c.index)) for r in kept))))
               for c in layout.columns]  # fmt: skip
    less = max(rows) - max(kept)
    return replace(layout, header_rows=kept, columns=columns, first_row=first, unit_row=None), less


def _text(text: str | None) -> str:
    return text.strip() if text else ""


def _records(layout: Layout, label: int, rows: list[list[str | None]]) -> Across | str:
    """The columns that are records."""
    headed = [(c.index, c.header) for c in layout.columns if c.index > label and c.header.strip()]
    headed = [(index, header) for index, header in headed if not _is_unit_column(layout, index, rows)]
    figures = {index for index, _ in headed if any(kind_of(row[index]) >= Kind.PERIOD for row in rows)}
    return across(headed, figures)


def _totals(layout: Layout, label: int, records: Collection[int]) -> dict[int, str]:
    """The columns of totals among the records, and the word that each is headed by."""
    headed = [read_header(c.index, c.header) for c in layout.columns if c.index > label]
    last = {c.index: c.header.rsplit("/", 1)[-1] for c in headed if c.meaning is Meaning.TOTAL}
    return {index: word for index, word in last.items() if index not in records}


def _lead(layout: Layout, label: int, names: FieldNames) -> str:
    """What heads the names of the subjects: the header of the labels where it is one of names, else 名称."""
    header = next((c.header for c in layout.columns if c.index == label), "")
    roles = {names.fields[o.key].role for o in candidates(parse_header(header), names)}
    return header if roles & {"name", "region", "code"} else "名称"


def _about_periods(fields: dict[int, set[str]], names: FieldNames) -> bool:
    """The indicators are those of periods, not of places: each period is a record."""
    return any("period" in names.fields[key].entities for found in fields.values() for key in found)


def _periods(layout: Layout, label: int, names: FieldNames) -> tuple[Across, str]:
    """The columns of periods, and what heads them."""
    headed = [(c.index, c.header) for c in layout.columns if c.index > label and c.header.strip()]
    periods = [i for i, header in headed if read_date("".join(header.split("/")[-1].split())) is not None]
    entry = next((f for f in names.fields.values() if f.role == "period"), None)
    return Across(periods), entry.label.zh if entry else ""


def _fields(texts: list[str | None], names: FieldNames) -> set[str]:
    return {key for text in dict.fromkeys(texts) for key in [_field(text, names)] if key}


def _field(text: str | None, names: FieldNames) -> str | None:
    """The field that a label names exactly, units and numbering aside; names of places and people are none."""
    if text is None or not text.strip() or len(text) > 80 or text.isdecimal():
        return None
    if text not in names.labels:
        if len(names.labels) >= MOST_LABELS:
            names.labels.clear()
        names.labels[text] = _named(text, names)
    return names.labels[text]


def _named(text: str, names: FieldNames) -> str | None:
    keys = names.exact.get(normal(text))
    if keys is None:
        levels = parse_header(text).levels
        keys = names.exact.get("".join(levels)) or names.exact.get(levels[-1] if levels else "")
    return next((k for k in keys or () if names.fields[k].role is None and names.fields[k].is_number), None)
