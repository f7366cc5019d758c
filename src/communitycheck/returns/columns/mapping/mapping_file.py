"""Mapping files: read, refused with the entry at fault, and written from how returns were read.

tables:
  - file: 2021/*.xlsx                 # a name, the end of a path, or a pattern; left out: any
    sheet: 社区                       # left out: any
    entity: community
    header_rows: [3, 4]
    columns:
      F: {header: 综合服务设施面积, field: facility_area}
      G: 户数
      H: null                         # no field
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from communitycheck.errors import QuestionError, ReturnError, UsageError
from communitycheck.messages import Lang, say
from communitycheck.model.dictionary import Dictionary
from communitycheck.model.returns import Return
from communitycheck.model.sheet import Sheet
from communitycheck.nearest import nearest, nearest_file
from communitycheck.printable import as_json, inline
from communitycheck.returns.cells.column_unit import ColumnUnit
from communitycheck.returns.columns.by_year import year_of_header
from communitycheck.returns.columns.headers.normal import normal
from communitycheck.returns.columns.mapping.mapping import ANY, MappedColumn, Mapping, TableMapping, shortest_names
from communitycheck.system.files import NoFileError
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file

if TYPE_CHECKING:
    import yaml

_KEYS = ("file", "sheet", "entity", "header_rows", "columns")
_COLUMN_KEYS = ("header", "field", "unit")
# How an entry is written, for whoever wrote it another way.
_RIGHT = {
    "tables": "tables: [{file: a.xlsx, columns: {F: facility_area}}]",
    "entry": "{file: a.xlsx, columns: {F: facility_area}}",
    "file": "file: a.xlsx",
    "sheet": "sheet: Sheet1",
    "header_rows": "header_rows: [3, 4]",
    "columns": "columns: {F: facility_area, G: null}",
    "field": "{header: …, field: facility_area}",
    "unit": "{field: facility_area, unit: m2}",
}
# A character beyond the first plane as JSON writes it; YAML has a form of its own.
_PAIR = re.compile(r"\\ud8[0-9a-f]{2}\\ud[c-f][0-9a-f]{2}|\\ud[9ab][0-9a-f]{2}\\ud[c-f][0-9a-f]{2}")
# A mapping has tables, columns and what is said of one.
MOST_DEPTH = 20
_PLACE = re.compile(r"[A-Za-z]{1,3}|[1-9][0-9]{0,6}")


def load_mapping(path: str | Path, dictionary: Dictionary) -> Mapping:
    """Read a mapping file.

    Raises:
        UsageError: ``mapping-missing``, ``side-file-no-file``, ``side-file-too-large``, ``mapping-not-yaml``,
            ``mapping-by-sheet`` for a file of the first kind, or
            ``mapping-entry`` with the entry at fault; ``mapping-twice``, ``mapping-two-columns`` or
            ``mapping-contradicts`` for a file that says two things of one column or field.
    """
    import yaml  # a mapping is seldom given

    shown = str(path)
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        text = side_file(path).decode("utf-8-sig")
        _refuse_references(text, loader, shown)
        _each_key_once(yaml.compose(text, Loader=loader), shown)
        raw = yaml.load(text, Loader=loader)
    except OverLimit as over:
        raise UsageError("side-file-too-large", path=shown, **over.values) from None
    except NoFileError:
        raise UsageError("side-file-no-file", path=shown) from None
    except OSError as trouble:
        raise UsageError("mapping-missing", path=shown, near=nearest_file(shown)) from trouble
    except (yaml.YAMLError, UnicodeDecodeError) as trouble:
        mark = getattr(trouble, "problem_mark", None)
        raise UsageError("mapping-not-yaml", path=shown, line=mark.line + 1 if mark else "") from trouble
    if isinstance(raw, dict) and "sheets" in raw:
        raise UsageError("mapping-by-sheet", path=shown)
    if not isinstance(raw, dict) or set(raw) != {"tables"} or not isinstance(raw["tables"], list):
        raise UsageError("mapping-entry", path=shown, entry="tables", near="—", right=_RIGHT["tables"])
    reader = _Loader(shown, dictionary)
    tables = tuple(reader.table(number, entry) for number, entry in enumerate(raw["tables"], 1))
    _without_contradictions(tables, shown)
    return Mapping(tables)


def _refuse_references(text: str, loader: Any, path: str) -> None:
    """References (&, *) make few bytes stand for very many, and no mapping needs them; nor one so deep."""
    import yaml  # as above

    depth = 0
    for event in yaml.parse(text, Loader=loader):
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None) is not None or depth > MOST_DEPTH:
            mark = event.start_mark
            raise UsageError("mapping-not-yaml", path=path, line=mark.line + 1 if mark else "")


def _each_key_once(node: yaml.Node | None, path: str) -> None:
    """YAML takes the last of two equal keys and says nothing; here they are refused."""
    if isinstance(getattr(node, "value", None), str) or node is None:
        return
    seen: dict[str, int] = {}
    for part in node.value:
        key, below = part if isinstance(part, tuple) else (None, part)
        if key is not None:
            name, line = str(key.value), key.start_mark.line + 1
            if name.upper() in seen:
                raise UsageError("mapping-twice", path=path, key=name, first=seen[name.upper()], line=line)
            seen[name.upper()] = line
        _each_key_once(below, path)


def _without_contradictions(tables: Sequence[TableMapping], path: str) -> None:
    """Two columns of a table for one field of no different years, and two entries about one table that give a column
    two fields."""
    for number, one in enumerate(tables, 1):
        columns: dict[tuple[str | None, date | None], str] = {}
        for at, column in one.columns.items():
            of_year = column.field, year_of_header(column.header)
            if column.field is not None and columns.setdefault(of_year, at) != at:
                values = {"field": column.field, "first": columns[of_year], "second": at}
                raise UsageError("mapping-two-columns", path=path, entry=f"tables[{number}]", **values)
        for before, other in enumerate(tables[: number - 1], 1):
            rows = (one.header_rows, other.header_rows)
            if (one.file, one.sheet) != (other.file, other.sheet) or (all(rows) and rows[0] != rows[1]):
                continue
            for at in one.columns.keys() & other.columns.keys():
                if one.columns[at].said != other.columns[at].said:
                    entries = {"first": f"tables[{before}]", "second": f"tables[{number}]"}
                    raise UsageError("mapping-contradicts", path=path, column=at, **entries)


class _Loader:
    """Entries of one file -> what they say; the first fault is named by its place in the file."""

    def __init__(self, path: str, dictionary: Dictionary) -> None:
        self._path = path
        self._fields = dictionary.fields
        self._entities = dictionary.entities
        self._find = dictionary.find
        self._units = dictionary.units
        self._by_label: dict[str, list[str]] = {}
        for known in dictionary.fields.values():
            for text in dict.fromkeys(normal(label) for label in (known.label.zh, known.label.en) if label):
                self._by_label.setdefault(text, []).append(known.key)

    def table(self, number: int, entry: object) -> TableMapping:
        place = f"tables[{number}]"
        if not isinstance(entry, dict):
            raise self._fault(place, right="entry")
        self._check_keys(place, entry, _KEYS)
        file, sheet = (entry.get(key, ANY) for key in ("file", "sheet"))
        for key, text in (("file", file), ("sheet", sheet)):
            if not isinstance(text, str) or (key == "file" and not text):
                raise self._fault(f"{place}.{key}", right=key)
        entity = entry.get("entity")
        if entity is not None and entity not in self._entities:
            raise self._fault(f"{place}.entity", nearest(str(entity), self._entities), "entity")
        rows = entry.get("header_rows") or []
        if not isinstance(rows, list) or not all(type(row) is int and row > 0 for row in rows):
            raise self._fault(f"{place}.header_rows", right="header_rows")
        columns = entry.get("columns") or {}
        if not isinstance(columns, dict):
            raise self._fault(f"{place}.columns", right="columns")
        given = {str(at).upper(): self._column(f"{place}.columns.{at}", str(at), one) for at, one in columns.items()}
        return TableMapping(file, sheet, entity, tuple(sorted(rows)), given)

    def _column(self, place: str, at: str, entry: object) -> MappedColumn:
        """``facility_area``, a label, ``null``, or ``{header: …, field: …, unit: …}``."""
        if not _PLACE.fullmatch(at):
            raise self._fault(place, right="columns")
        header: object = ""
        unit: object = None
        if isinstance(entry, dict):
            self._check_keys(place, entry, _COLUMN_KEYS)
            if "field" not in entry:
                raise self._fault(f"{place}.field", right="field")
            header, unit, entry = entry.get("header"), entry.get("unit"), entry["field"]
        key = self._field(place, entry)
        return MappedColumn(key, "" if header is None else str(header), self._unit(place, key, unit))

    def _unit(self, place: str, key: str | None, stated: object) -> str:
        """The unit of a column's figures, which has to be one that converts to that of the field."""
        if stated is None:
            return ""
        unit, field = str(stated).strip(), None if key is None else self._fields[key]
        if field is None or not field.is_number or ColumnUnit.of(field, self._units).worth(unit) is None:
            right = self._right("unit")
            if field is not None and field.is_number and (own := field.declared or field.unit):
                right = f"{{field: {field.key}, unit: {own}}}"
            raise UsageError("mapping-entry", path=self._path, entry=f"{place}.unit: {unit}", near="—", right=right)
        return unit

    def _field(self, place: str, wanted: object) -> str | None:
        if wanted is None:
            return None
        text = str(wanted).strip()
        known = self._find(text)
        if known is not None:
            return known.key
        keys = self._by_label.get(normal(text), [])
        if len(keys) != 1:
            labels = [label for one in self._fields.values() for label in (one.label.zh, one.label.en) if label]
            near = "、".join(keys) if keys else nearest(text, [*self._fields, *labels])
            raise self._fault(f"{place}: {text}", near)
        return keys[0]

    def _check_keys(self, place: str, entry: dict[object, object], known: tuple[str, ...]) -> None:
        for key in entry:
            if key not in known:
                raise self._fault(f"{place}.{key}", nearest(str(key), known))

    def _fault(self, entry: str, near: str = "—", right: str = "") -> UsageError:
        return UsageError("mapping-entry", path=self._path, entry=entry, near=near, right=self._right(right))

    def _right(self, key: str) -> str:
        return f"entity: {' | '.join(self._entities)}" if key == "entity" else _RIGHT.get(key, "")


def mapping_text(returns: Iterable[Return], questions: Iterable[ReturnError] = (), lang: Lang = "zh") -> str:
    """A mapping file that says how ``returns`` were read, to be corrected by hand.

    A column with an open question is written as a comment: to give its field, or null, is to answer.
    """
    every = list(returns)
    files = shortest_names(one.path for one in every)
    asked: dict[tuple[str, str], set[str]] = {}
    for question in questions:
        if isinstance(question, QuestionError):
            asked.setdefault((question.path, question.sheet or ""), set()).update(question.columns)
    lines = [f"# {line}" for line in say("mapping-head", lang).splitlines()]
    tables = [
        line
        for one in every
        for sheet in one.sheets
        if sheet.header_rows and (sheet.columns or not sheet.hidden) and not sheet.labelled
        for line in _table_lines(sheet, files[one.path], asked.get((one.path, sheet.name), set()), lang)
    ]
    return "\n".join([*lines, *(["tables:", *tables] if tables else ["tables: []"])]) + "\n"


def _table_lines(sheet: Sheet, file: str, asked: set[str], lang: Lang) -> Iterator[str]:
    yield f"  - file: {_scalar(file)}"
    if sheet.name:
        yield f"    sheet: {_scalar(sheet.name)}"
    if sheet.entity:
        yield f"    entity: {sheet.entity}"
    yield f"    header_rows: [{', '.join(map(str, sheet.header_rows))}]"
    columns: dict[str, str] = {}
    for column in sheet.columns:
        is_asked = bool(column.resembles) or column.asked or (column.field is None and column.column in asked)
        near = column.resembles[0] if column.resembles else ""
        known = near if is_asked else column.field or "null"
        unit = f", unit: {_scalar(column.given_unit)}" if column.given_unit else ""
        line = f"{column.column}: {{header: {_scalar(column.header)}, field: {known}{unit}}}"
        columns.setdefault(column.column, f"# {line}  {say('mapping-asked', lang)}" if is_asked else line)
    yield "    columns:" if any(not line.startswith("#") for line in columns.values()) else "    columns: {}"
    for line in columns.values():
        yield f"      {line}"


def _scalar(text: str) -> str:
    """A text as YAML writes it inside brackets, quoted where it has to be."""
    import yaml

    if inline(text) != text:
        return _PAIR.sub(_as_yaml, as_json(text))
    return yaml.safe_dump([text], allow_unicode=True, default_flow_style=True, width=1 << 30).strip()[1:-1]


def _as_yaml(pair: re.Match[str]) -> str:
    character: str = json.loads(f'"{pair[0]}"')
    return f"\\U{ord(character):08x}"
