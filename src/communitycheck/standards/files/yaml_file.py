"""A YAML file as plain values that remember their lines. Only the harmless part of YAML is accepted.

Anchors, aliases and tags are refused (they are how YAML bombs and surprises are made), and so are duplicate keys,
tabs and dates that do not exist.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import yaml

from communitycheck.errors import RuleFileError
from communitycheck.nearest import nearest_file
from communitycheck.patterns import pattern
from communitycheck.system.files import NoFileError
from communitycheck.system.limits import OverLimit
from communitycheck.system.side_files import side_file

# What workbooks begin with, new ones and old.
_WORKBOOKS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0")
MAX_DEPTH = 40

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file.

    ``lines`` maps the path of every key and item to its line (from 1); ``written`` those that YAML takes for
    something else than text (a number, yes or no, a date, nothing) to what stands in the file.
    """

    name: str
    data: object
    lines: dict[Path_, int]
    written: dict[Path_, str]
    sha256: str

    def line(self, path: Path_) -> int | None:
        """The line of ``path``, or of the nearest entry above it."""
        while path not in self.lines and path:
            path = path[:-1]
        return self.lines.get(path)


def read_yaml(path: Path) -> YamlFile:
    """Read and parse ``path``.

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
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> YamlFile:
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
        raise _syntax(error, text, name) from None
    return YamlFile(name, data, reading.lines, reading.written, hashlib.sha256(raw).hexdigest())


class _Reading:
    """One pass over the parser's events: plain values, and the line of each."""

    def __init__(self, text: str, name: str) -> None:
        self.events = iter(yaml.parse(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)))
        self.name = name
        self.lines: dict[Path_, int] = {}
        self.written: dict[Path_, str] = {}
        self.depth = 0

    def whole(self) -> object:
        """The one document of the file."""
        documents: list[object] = []
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent):
                if documents:
                    raise RuleFileError("rule-file-documents", file=self.name, line=1)
                documents.append(self.value(next(self.events), ()))
        if not documents or documents[0] is None:
            raise RuleFileError("rule-file-empty", file=self.name, line=1)
        return documents[0]

    def value(self, event: yaml.Event, path: Path_) -> object:
        """The value that begins with ``event``; what follows it is taken from the events."""
        line = self.checked(event)
        self.lines.setdefault(path, line)
        if type(event) is yaml.ScalarEvent:
            return self.scalar(event, path, line)
        self.depth += 1
        if self.depth > MAX_DEPTH:
            raise RuleFileError("rule-file-depth", file=self.name, line=line, limit=MAX_DEPTH)
        found = self.mapping(path) if type(event) is yaml.MappingStartEvent else self.sequence(path)
        self.depth -= 1
        return found

    def checked(self, event: yaml.Event) -> int:
        """The event's line; references and tags are refused."""
        assert isinstance(event, yaml.NodeEvent) and event.start_mark is not None
        line: int = event.start_mark.line + 1
        if type(event) is yaml.AliasEvent or event.anchor is not None:
            raise RuleFileError("rule-file-anchor", file=self.name, line=line)
        if tag := getattr(event, "tag", None):
            raise RuleFileError("rule-file-tag", file=self.name, line=line, tag=tag)
        return line

    def mapping(self, path: Path_) -> dict[str, object]:
        result: dict[str, object] = {}
        for event in self.events:
            if type(event) is yaml.MappingEndEvent:
                break
            line = self.checked(event)
            if type(event) is not yaml.ScalarEvent:
                raise RuleFileError("rule-file-key", file=self.name, line=line, key=dotted(path) or None)
            here = (*path, event.value)
            if event.value in result:
                first = self.lines[here]
                raise RuleFileError(
                    "rule-file-duplicate-key", file=self.name, line=line, key=dotted(here), first=first
                )
            self.lines[here] = line
            result[event.value] = self.value(next(self.events), here)
        return result

    def sequence(self, path: Path_) -> list[object]:
        result: list[object] = []
        for event in self.events:
            if type(event) is yaml.SequenceEndEvent:
                break
            result.append(self.value(event, (*path, len(result))))
        return result

    def scalar(self, event: yaml.ScalarEvent, path: Path_, line: int) -> object:
        text: str = event.value
        kind = _kind(text) if event.implicit[0] else "str"
        if kind == "str":
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
            code = "rule-file-date" if kind == "timestamp" else "rule-file-number"
            raise RuleFileError(code, file=self.name, line=line, key=dotted(path), text=text) from None


# The numbers on which all versions of YAML agree: not 017 (15 or 17), 0x1F, 1:30 (90).
_AGREED = pattern(r"[-+]?((0|[1-9]\d*)?(\.\d*)?(e[-+]?\d+)?|inf|nan)")


def _kind(text: str) -> str:
    """What an unquoted scalar is, by YAML's own patterns. 1_000 is text: who needs a number can say how to write it."""
    for tag, resolver in yaml.SafeLoader.yaml_implicit_resolvers.get(text[:1], ()):
        if resolver.match(text):
            kind = str(tag).rpartition(":")[2]
            return "str" if "_" in text and kind in ("int", "float") else kind
    return "str"


def _agreed(text: str) -> str:
    if not _AGREED.fullmatch(text):
        raise ValueError
    return text


def _syntax(error: yaml.YAMLError, text: str, name: str) -> RuleFileError:
    mark = getattr(error, "problem_mark", None)
    if mark is not None and "end of stream" in (getattr(error, "problem", None) or ""):
        # What was never closed is named by where it began.
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line + 1 if mark else None
    if "nesting depth" in (getattr(error, "problem", None) or ""):
        # libyaml has a limit of its own, and looks far enough ahead to reach it before our own limit.
        return RuleFileError("rule-file-depth", file=name, line=line, limit=MAX_DEPTH)
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode("utf-8")[: error.position].count(b"\n") + 1
    rows = text.splitlines()
    row = rows[mark.line] if mark and mark.line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return RuleFileError("rule-file-tab", file=name, line=line)
    cause = getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML"
    return RuleFileError("rule-file-syntax", file=name, line=line, cause=cause)


def dotted(path: Path_) -> str:
    """``("rules", 2, "at_least")`` as ``rules[2].at_least``."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out
