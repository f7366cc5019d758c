"""A YAML file as plain values that remember their lines. Only the harmless part of YAML is accepted.

Anchors, aliases and tags are refused (they are how YAML bombs and surprises are made), and so are duplicate keys,
tabs, dates that do not exist, and values that have swallowed the lines below them.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml
from msgspec import Struct, field

from communitycheck.errors import RuleFileError, together
from communitycheck.nearest import nearest_file
from communitycheck.patterns import pattern
from communitycheck.standards.files.dates import date_fault, day_near
from communitycheck.standards.files.fault_list import FaultList
from communitycheck.standards.files.flow_slips import CutFormula, behind_text, cut_in_list, cut_in_mapping, joined_items
from communitycheck.standards.files.signs import is_continued_key, misprint_of_line
from communitycheck.standards.files.syntax import syntax_faults
from communitycheck.system.files import NoFileError
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file

# What workbooks begin with, new ones and old.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MAX_DEPTH = 40
# Stands in the path of a value whose key has been there before.
_AGAIN = "(2)"

Path_ = tuple[str | int, ...]


class YamlFile(Struct, frozen=True):
    """A parsed file.

    ``lines`` maps the path of every key and item to its line (from 1); ``written`` those that YAML takes for
    something else than text (a number, yes or no, a date, nothing) to what stands in the file. ``spoilt`` are the
    paths of values that have a fault of their own. ``cut`` are texts that a # has cut, as they were meant.
    """

    name: str
    data: object
    lines: dict[Path_, int]
    written: dict[Path_, str]
    sha256: str
    spoilt: frozenset[Path_] = frozenset()
    cut: Mapping[Path_, str] = field(default_factory=dict)

    def line(self, path: Path_) -> int | None:
        """The line of ``path``, or of the nearest entry above it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path)


def read_yaml(path: Path, faults: FaultList | None = None) -> YamlFile:
    """Read and parse ``path``.

    Args:
        faults: takes the faults that leave the rest of the file readable; without it they are raised.

    Raises:
        RuleFileError: not there, not UTF-8, not YAML, or YAML beyond the accepted part; with the line.
    """
    name = str(path)
    try:
        raw = side_file(path)
    except FileNotFoundError:
        raise RuleFileError("rule-file-missing", file=name, near=nearest_file(path)) from None
    except OverLimit as over:
        raise RuleFileError("rule-file-too-large", file=name, line=None, key=None, **over.values) from None
    except NoFileError:
        raise RuleFileError("rule-file-no-file", file=name) from None
    except OSError as error:
        raise RuleFileError("rule-file-unreadable", file=name, cause=error.strerror or str(error)) from None
    return parse_yaml(raw, name, faults)


def parse_yaml(raw: bytes, name: str, faults: FaultList | None = None) -> YamlFile:
    """Parse the bytes of a YAML file called ``name`` (see ``read_yaml``)."""
    if raw.startswith(_WORKBOOKS):
        raise RuleFileError("rule-file-workbook", file=name)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RuleFileError("rule-file-encoding", file=name, line=line) from None
    reading = _Reading(text, name)
    try:
        data = reading.whole()
    except yaml.YAMLError as error:
        # A quote that swallowed the lines below it has been named, and what breaks behind it is only what comes of it.
        found = [] if reading.swallowed else syntax_faults(error, text, name, MAX_DEPTH)
        raise together([*reading.faults.found, *found]) from None
    except RuleFileError as error:
        raise together([*reading.faults.found, error]) from None
    if faults is None:
        reading.faults.raise_any()
    else:
        faults.note(*reading.faults.found)
    sha256 = hashlib.sha256(raw).hexdigest()
    return YamlFile(name, data, reading.lines, reading.written, sha256, frozenset(reading.spoilt), reading.cut)


class _Reading:
    """One pass over the parser's events: plain values, and the line of each."""

    def __init__(self, text: str, name: str) -> None:
        self.events = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        self.rows = text.splitlines()
        self.name = name
        self.lines: dict[Path_, int] = {}
        self.written: dict[Path_, str] = {}
        self.faults = FaultList()
        self.spoilt: set[Path_] = set()
        self.cut: dict[Path_, str] = {}
        self.swallowed = False
        self.anchored = 0
        self.depth = 0

    def whole(self) -> object:
        """The one document of the file."""
        documents: list[object] = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if documents:
                    self.fault("rule-file-documents", _line(event.start_mark))
                    break
                documents.append(self.value(next(self.events), ()))
        if not documents or documents[0] is None:
            raise RuleFileError("rule-file-empty", file=self.name, line=1)
        return documents[0]

    def fault(self, code: str, line: int, path: Path_ | None = None, **values: object) -> None:
        """Note a fault; the value at ``path`` is not looked at any further."""
        key = dotted(path) if path else None
        self.faults.note(RuleFileError(code, file=self.name, line=line, key=key, **values))
        if path is not None:
            self.spoilt.add(path)

    def value(self, event: yaml.Event, path: Path_) -> object:
        """The value that begins with ``event``; what follows it is taken from the events."""
        line = self.checked(event, path)
        self.lines.setdefault(path, line)
        if type(event) is yaml.AliasEvent:
            return None
        if type(event) is yaml.ScalarEvent:
            return self.scalar(event, path, line)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RuleFileError("rule-file-depth", file=self.name, line=line, limit=MAX_DEPTH)
        found = self.collection(event, path)
        self.depth -= 1
        return found

    def collection(self, event: Any, path: Path_) -> dict[str, object] | list[object]:
        if type(event) is yaml.MappingStartEvent:
            return self.mapping(path)
        return self.sequence(path, in_brackets=bool(event.flow_style))

    def checked(self, event: yaml.Event, path: Path_) -> int:
        """The event's line; references and tags are refused."""
        assert isinstance(event, yaml.NodeEvent)
        line = _line(event.start_mark)
        if event.anchor is not None:
            sign = "*" if type(event) is yaml.AliasEvent else "&"
            # One to a line: a file of nothing else can hold very many.
            if line != self.anchored:
                self.fault("rule-file-anchor", line, path, text=f"{sign}{event.anchor}")
            self.anchored = line
            self.spoilt.add(path)
        if tag := getattr(event, "tag", None):
            self.fault("rule-file-tag", line, path, tag=tag.replace("tag:yaml.org,2002:", "!!"))
        return line

    def mapping(self, path: Path_) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            if type(event) is not yaml.ScalarEvent:
                line = self.checked(event, path)
                raise RuleFileError("rule-file-key", file=self.name, line=line, key=dotted(path) or None)
            here = (*path, event.value)
            line = self.checked(event, here)
            if (last := _line(event.end_mark)) != line:
                self.whole_lines(event, here, line, last)
            if event.value in result:
                self.fault("rule-file-duplicate-key", line, here, first=self.lines[here])
                self.value(next(self.events), (*here, _AGAIN))
                continue
            self.lines[here] = line
            result[event.value] = self.value(next(self.events), here)
        for cut in cut_in_mapping(result):
            self.whole_formula(cut, path)
            result[str(cut.at)] = cut.whole
            for key in cut.rest:
                del result[str(key)], self.lines[(*path, key)]
                self.written.pop((*path, key), None)
        return result

    def sequence(self, path: Path_, *, in_brackets: bool) -> list[object]:
        result: list[object] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            here = (*path, len(result))
            result.append(self.value(event, here))
            word = event.value if isinstance(event, yaml.ScalarEvent) and event.implicit[0] else ""
            if in_brackets and (parts := joined_items(word)):
                line = _line(event.start_mark)
                self.fault("rule-file-joined", line, here, item=word, near=", ".join(parts))
                result[-1:] = parts
                self.lines.update({(*path, at): line for at in range(len(result))[-len(parts) :]})
        for cut in cut_in_list(result) if in_brackets else ():
            self.whole_formula(cut, path)
            self.spoilt.add(path)
        return result

    def whole_formula(self, cut: CutFormula, path: Path_) -> None:
        """A formula that commas have cut is looked at as a whole, and its author told of the quotes that it needs."""
        if path[:1] == ("parameters",) and cut.at == "value":
            return  # where no formula can stand
        here = (*path, cut.at)
        near = f'"{cut.whole}"' if isinstance(cut.at, int) else f'{cut.at}: "{cut.whole}"'
        line = self.lines[here]
        self.faults.note(RuleFileError("rule-file-cut", file=self.name, line=line, key=dotted(here), near=near))

    def scalar(self, event: yaml.ScalarEvent, path: Path_, line: int) -> object:
        text: str = event.value
        if (last := _line(event.end_mark)) != line:
            self.whole_lines(event, path, line, last)
        if event.style == ">" and not text.strip() and (header := _NUMBERED.fullmatch(self.rows[line - 1])):
            text = header[1]  # > 2 and a number is the beginning of a text to YAML, and a comparison to everyone else
        kind = _kind(text) if event.implicit[0] else "str"
        if kind == "str":
            if event.implicit[0] and (rest := behind_text(event, path, self.rows)):
                self.cut[path] = f'"{text}{rest}"'
            return text
        self.written[path] = text
        try:
            match kind:
                case "null":
                    return None
                case "bool":
                    return text.lower() in ("true", "yes", "on")
                case "int":
                    return int(_agreed(text))
                case "float":
                    return float(_agreed(text.lower().replace(".inf", "inf").replace(".nan", "nan")))
                case _:
                    return date.fromisoformat(text)
        except ValueError:
            code = date_fault(text) if kind == "timestamp" else "rule-file-number"
            near = day_near(text) if kind == "timestamp" else _decimal(text)
            self.fault(code, line, path, text=text, near=near)
            return text

    def whole_lines(self, event: yaml.ScalarEvent, path: Path_, line: int, last: int) -> None:
        """A value over several lines must not hold one that was meant as a key of its own."""
        if event.style in ("|", ">"):
            return
        for number, row in enumerate(self.rows[line:last], line + 1):
            if not is_continued_key(row):
                continue
            if event.style:
                self.fault("rule-file-open-quote", line, path, near=row.strip()[:60])
                self.swallowed = True
            elif (found := misprint_of_line(row)) is not None:
                self.fault(found.code, number, path, **found.values)
            return


# The numbers on which all versions of YAML agree: not 017 (15 or 17), 0x1F, 1:30 (90).
_AGREED = pattern(r"[-+]?((0|[1-9]\d*)?(\.\d*)?(e[-+]?\d+)?|inf|nan)")


_NUMBERED = pattern(r".*?(>[0-9]+)\s*(?:\s#.*)?")


def _kind(text: str) -> str:
    """What an unquoted scalar is, by YAML's own patterns. 1_000 and 1:30 are text, as they are to newer versions of
    YAML: who needs a number can say how to write it."""
    for tag, resolver in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if resolver.match(text):
            kind = str(tag).rpartition(":")[2]
            return "str" if ("_" in text or ":" in text) and kind in ("int", "float") else kind
    return "str"


def _decimal(text: str) -> str:
    """A number that begins with 0 as people read it: 0123 is 123."""
    return text.lstrip("0") if re.fullmatch(r"0+[1-9]\d*", text) else ""


def _agreed(text: str) -> str:
    if not _AGREED.fullmatch(text):
        raise ValueError
    return text


def _line(mark: Any) -> int:
    line: int = mark.line
    return line + 1


def dotted(path: Path_) -> str:
    """``("rules", 2, "at_least")`` as ``rules[2].at_least``."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out
