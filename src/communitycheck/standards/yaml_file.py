"""A YAML file as plain values that remember their lines. Only the harmless part of YAML is accepted.

Anchors, aliases and tags are refused (they are how YAML bombs and surprises are made), and so are duplicate keys,
tabs and dates that do not exist.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from communitycheck.errors import RuleFileError

MAX_BYTES = 4_000_000
MAX_DEPTH = 40

Path_ = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlFile:
    """A parsed file. ``lines`` maps the path of every key and item to its line (from 1)."""

    name: str
    data: Any
    lines: dict[Path_, int]
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
        raw = path.read_bytes()
    except FileNotFoundError:
        raise RuleFileError("rule-file-missing", file=name) from None
    except OSError as error:
        raise RuleFileError("rule-file-unreadable", file=name, cause=error.strerror or str(error)) from None
    return parse_yaml(raw, name)


def parse_yaml(raw: bytes, name: str) -> YamlFile:
    """Parse the bytes of a YAML file called ``name`` (see ``read_yaml``)."""
    if len(raw) > MAX_BYTES:
        raise RuleFileError("rule-file-too-large", file=name, size=len(raw), limit=MAX_BYTES)
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = raw[: error.start].count(b"\n") + 1
        raise RuleFileError("rule-file-encoding", file=name, line=line) from None
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    try:
        _refuse_references(text, loader, name)
        documents = list(yaml.compose_all(text, Loader=loader))
    except yaml.YAMLError as error:
        raise _syntax(error, text, name) from None
    except RecursionError:
        raise RuleFileError("rule-file-depth", file=name, limit=MAX_DEPTH) from None
    if len(documents) != 1 or documents[0] is None:
        code = "rule-file-empty" if not documents or documents[0] is None else "rule-file-documents"
        raise RuleFileError(code, file=name, line=1)
    lines: dict[Path_, int] = {}
    data = _value(documents[0], (), lines, name)
    return YamlFile(name, data, lines, hashlib.sha256(raw).hexdigest())


def _refuse_references(text: str, loader: Any, name: str) -> None:
    depth = 0
    for event in yaml.parse(text, Loader=loader):
        line = event.start_mark.line + 1 if event.start_mark else None
        if isinstance(event, yaml.AliasEvent) or getattr(event, "anchor", None):
            raise RuleFileError("rule-file-anchor", file=name, line=line)
        tag = getattr(event, "tag", None)
        if tag:
            raise RuleFileError("rule-file-tag", file=name, line=line, tag=tag)
        if isinstance(event, yaml.CollectionStartEvent):
            depth += 1
            if depth > MAX_DEPTH:
                raise RuleFileError("rule-file-depth", file=name, line=line, limit=MAX_DEPTH)
        elif isinstance(event, yaml.CollectionEndEvent):
            depth -= 1


def _syntax(error: yaml.YAMLError, text: str, name: str) -> RuleFileError:
    mark = getattr(error, "problem_mark", None)
    if mark is not None and "end of stream" in (getattr(error, "problem", None) or ""):
        # What was never closed is named by where it began.
        mark = getattr(error, "context_mark", None) or mark
    line = mark.line + 1 if mark else None
    if isinstance(error, yaml.reader.ReaderError):
        line = text.encode("utf-8")[: error.position].count(b"\n") + 1
    rows = text.splitlines()
    row = rows[mark.line] if mark and mark.line < len(rows) else ""
    if "\t" in row[: len(row) - len(row.lstrip())]:
        return RuleFileError("rule-file-tab", file=name, line=line)
    cause = getattr(error, "problem", None) or getattr(error, "reason", None) or "YAML"
    return RuleFileError("rule-file-syntax", file=name, line=line, cause=cause)


def _value(node: yaml.Node, path: Path_, lines: dict[Path_, int], name: str) -> Any:
    lines.setdefault(path, node.start_mark.line + 1)
    if isinstance(node, yaml.MappingNode):
        result: dict[str, Any] = {}
        for key_node, value_node in node.value:
            key = str(key_node.value)
            line = key_node.start_mark.line + 1
            here = (*path, key)
            if not isinstance(key_node, yaml.ScalarNode):
                raise RuleFileError("rule-file-key", file=name, line=line, key=dotted(path) or None)
            if key in result:
                raise RuleFileError(
                    "rule-file-duplicate-key", file=name, line=line, key=dotted(here), first=lines[here]
                )
            lines[here] = line
            result[key] = _value(value_node, here, lines, name)
        return result
    if isinstance(node, yaml.SequenceNode):
        return [_value(item, (*path, i), lines, name) for i, item in enumerate(node.value)]
    return _scalar(node, path, name)


def _scalar(node: yaml.Node, path: Path_, name: str) -> Any:
    text: str = node.value
    kind = node.tag.rpartition(":")[2]
    try:
        match kind:
            case "null":
                return None
            case "bool":
                return text.lower() in ("true", "yes", "on")
            case "int":
                return int(text.replace("_", ""))
            case "float":
                return float(text.replace("_", "").lower().replace(".inf", "inf").replace(".nan", "nan"))
            case "timestamp":
                return date.fromisoformat(text)
    except ValueError:
        code = "rule-file-date" if kind == "timestamp" else "rule-file-number"
        raise RuleFileError(code, file=name, line=node.start_mark.line + 1, key=dotted(path), text=text) from None
    return text


def dotted(path: Path_) -> str:
    """``("rules", 2, "at_least")`` as ``rules[2].at_least``."""
    out = ""
    for part in path:
        out += f"[{part}]" if isinstance(part, int) else f".{part}" if out else part
    return out
