"""What pydantic finds wrong in a rule file -> faults with file, line, key and the nearest valid spelling."""

from __future__ import annotations

import datetime as dt
import json
from typing import TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from communitycheck.errors import ExpressionError, RuleFileError
from communitycheck.model.text import Text
from communitycheck.nearest import nearest
from communitycheck.standards.files.schema import (
    CaseIn,
    DatedValueIn,
    FieldIn,
    InForceIn,
    JurisdictionIn,
    ParameterIn,
    RuleBody,
    RuleIn,
    SourceIn,
    TextIn,
)
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.parse import parse_quantity

Shape = TypeVar("Shape", bound=BaseModel)


def check_shape(file: YamlFile, shape: type[Shape]) -> Shape:
    """The file's data as ``shape``.

    Raises:
        RuleFileError: the first fault by line, with file, line, key and, for an unknown key, the nearest spelling.
    """
    found, faults = faults_of(file, shape)
    if found is None:
        raise faults[0]
    return found


def faults_of(file: YamlFile, shape: type[Shape]) -> tuple[Shape | None, list[RuleFileError]]:
    """The file's data as ``shape``, or None and every fault in it, by line."""
    try:
        return shape.model_validate(file.data), []
    except ValidationError as error:
        faults = [_fault(file, shape, e) for e in error.errors(include_url=False)]
        # What fits no form of a union draws a fault for each form: one deeper inside tells more, else the first.
        keys = [f.key or "" for f in faults]
        deep = [f for f in faults if f.code != "rule-file-type" or not any(_inside(k, f.key or "") for k in keys)]
        first = {(f.key, f.values["name"] if f.code == "rule-file-missing-key" else ""): f for f in reversed(deep)}
        return None, sorted(first.values(), key=lambda f: (f.line or 0, f.key or ""))


def _inside(key: str, outer: str) -> bool:
    return key.startswith((f"{outer}.", f"{outer}["))


def _fault(file: YamlFile, shape: type[BaseModel], error: ErrorDetails) -> RuleFileError:
    path = _real_path(file, error["loc"])
    line, key = file.line(path), dotted(path)
    kind, found = error["type"], _found(file, path, error.get("input"))
    last = path[-1] if path else ""

    def fault(code: str, **values: object) -> RuleFileError:
        return RuleFileError(code, file=file.name, line=line, key=key or None, **values)

    match kind:
        case "extra_forbidden":
            known = _keys_at(shape, path[:-1])
            near = nearest(str(last), known)
            code = "rule-file-unknown-key-near" if near else "rule-file-unknown-key"
            return fault(code, name=last, near=near, known=", ".join(sorted(known)))
        case "missing":
            return fault("rule-file-missing-key", name=error["loc"][-1])
        case "literal_error":
            wanted = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            near = nearest(str(found), wanted.split(", "))
            code = "rule-file-choice-near" if near else "rule-file-choice"
            return fault(code, found=found, near=near, wanted=wanted)
        case "string_pattern_mismatch":
            code = "rule-file-region-code" if "d{6}" in error["ctx"]["pattern"] else "rule-file-name"
            return fault(code, found=found)
        case "date_type":
            return fault("rule-file-date", text=found)
        case "value_error":
            if str(error["ctx"]["error"]) == "date":
                return fault("rule-file-date", text=found)
            return fault("rule-file-threshold-truth")
        case "too_short" | "too_long":
            context = error["ctx"]
            wanted = context.get("min_length", context.get("max_length"))
            return fault("rule-file-count", wanted=wanted, found=context["actual_length"])
        case "string_too_long":
            return fault("rule-file-name-long", limit=error["ctx"]["max_length"])
        case _:
            value = error.get("input")
            if value is None and not found:
                return fault("rule-file-nothing", wanted=_wanted(kind))
            if kind == "float_type" and (spelling := _number_near(value)) not in ("", value):
                return fault("rule-file-number-near", text=found, near=spelling)
            quotable = "string" in kind and (value is None or isinstance(value, int | float | dt.date))
            code = "rule-file-quote" if quotable else "rule-file-type"
            return fault(code, found=found, wanted=_wanted(kind))


def _real_path(file: YamlFile, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of a pydantic location that is a path in the file (unions put their own labels between)."""
    path: tuple[str | int, ...] = ()
    for part in loc:
        if (*path, part) in file.lines:
            path = (*path, part)
    return path


def _keys_at(shape: type[BaseModel], path: tuple[str | int, ...]) -> list[str]:
    """Names of the keys allowed at ``path`` under ``shape``."""
    homes: dict[str, type[BaseModel]] = {
        "rules": RuleIn,
        "override": RuleBody,
        "parameters": ParameterIn,
        "fields": FieldIn,
        "source": SourceIn,
        "jurisdiction": JurisdictionIn,
        "in_force": InForceIn,
        "cases": CaseIn,
    }
    home: type[BaseModel] = homes.get(str(path[0]), shape) if path else shape
    if path and path[-1] in ("title", "note", "label", "manual"):
        home = TextIn
    elif len(path) > 2 and isinstance(path[-1], int):
        home = DatedValueIn
    return [f.alias or name for name, f in home.model_fields.items()]


def _found(file: YamlFile, path: Path_, value: object) -> str:
    """What stands in the file at ``path``, as its author wrote it: NO is not called False, nor 1.10 called 1.1."""
    text = value if isinstance(value, str) else _written(file, path, value)
    return text if len(text) <= 40 else text[:39] + "…"


def _written(file: YamlFile, path: Path_, value: object) -> str:
    match value:
        case list():
            return "[" + ", ".join(_written(file, (*path, at), one) for at, one in enumerate(value)) + "]"
        case dict():
            inside = (f'"{key}": {_written(file, (*path, key), one)}' for key, one in value.items())
            return "{" + ", ".join(inside) + "}"
        case _ if path in file.written:
            return file.written[path]
        case _:
            return json.dumps(value, ensure_ascii=False, default=str)


def _number_near(value: object) -> str:
    """How a number is written here that YAML takes for text: 1_000, 1e3, 1,5."""
    try:
        read = parse_quantity(value) if isinstance(value, str) else None
    except ExpressionError as error:
        return str(error.values.get("near", ""))
    return f"{read.value:.17g}" if read is not None and read.dimension is None else ""


_WANTED = {
    "string": Text("文字", "text"),
    "list": Text("列表", "a list"),
    "dict": Text("键值对", "a mapping of keys"),
    "model": Text("键值对", "a mapping of keys"),
    "bool": Text("true 或 false", "true or false"),
    "float": Text("数字", "a number"),
    "finite": Text("数字", "a number"),
}


def _wanted(kind: str) -> Text:
    """What a pydantic error type asks for."""
    return next((text for word, text in _WANTED.items() if word in kind), Text(kind, kind))
