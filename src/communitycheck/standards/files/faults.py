"""What pydantic finds wrong in a rule file -> faults with file, line, key and the nearest valid spelling."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections.abc import Callable, Iterator
from types import UnionType
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from communitycheck.errors import ExpressionError, RuleFileError, together
from communitycheck.messages import rule_words
from communitycheck.model.text import Text
from communitycheck.nearest import named, nearest_named
from communitycheck.printable import clip
from communitycheck.standards.files.dates import date_fault, day_near
from communitycheck.standards.files.own_levels import own_words
from communitycheck.standards.files.signs import misprint_of_value, plain_before
from communitycheck.standards.files.yaml_file import Path_, YamlFile, dotted
from communitycheck.standards.language.quantities import parse_quantity, split_number
from communitycheck.standards.language.spoken import range_as_written, spoken_range, without_thousands

Shape = TypeVar("Shape", bound=BaseModel)


def check_shape(file: YamlFile, shape: type[Shape]) -> Shape:
    """The file's data as ``shape``.

    Raises:
        RuleFileError: the faults by line, with file, line, key and, for an unknown key, the nearest spelling.
    """
    found, faults = faults_of(file, shape)
    if found is None:
        raise together(faults)
    return found


def faults_of(file: YamlFile, shape: type[Shape]) -> tuple[Shape | None, list[RuleFileError]]:
    """The file's data as ``shape``, or None and every fault in it, by line."""
    try:
        return shape.model_validate(file.data), []
    except ValidationError as error:
        return None, shape_faults(file, shape, error)


def shape_faults(file: YamlFile, shape: type[BaseModel], error: ValidationError) -> list[RuleFileError]:
    """Every fault that pydantic found, by line, each once."""
    errors = error.errors(include_url=False)
    # A list where one word may stand as well is looked at as a list.
    as_word = [e for e in errors if e["type"] in _ONE_WORD and isinstance(e["input"], list)]
    as_list = [_path(file, e) for e in errors if e not in as_word]
    faults = [_fault(file, shape, e) for e in errors if e not in as_word or not _any_in(_path(file, e), as_list)]
    # What fits no form of a union draws a fault for each form: one deeper inside tells more, else the first.
    keys = [f.key or "" for f in faults]
    deep = [f for f in faults if f.code not in _OUTER or not any(_inside(k, f.key or "") for k in keys)]
    first = {(f.key, f.values["name"] if f.code == "rule-file-missing-key" else ""): f for f in reversed(deep)}
    # A key that is only misspelt is not missing as well.
    meant = {_beside(f.key or "", str(f.values["meant"])) for f in deep if "meant" in f.values}
    missed = {
        at: f
        for at, f in first.items()
        if f.code != "rule-file-missing-key" or ".".join(str(part) for part in at if part) not in meant
    }
    return sorted(missed.values(), key=lambda f: (f.line or 0, f.key or ""))


# What is said of a whole value.
_OUTER = ("rule-file-type", "rule-file-form")


_ONE_WORD = ("literal_error", "date_type", "value_error")


def _path(file: YamlFile, error: ErrorDetails) -> Path_:
    return real_path(file, error["loc"])


def _any_in(outer: Path_, paths: list[Path_]) -> bool:
    return any(path[: len(outer)] == outer for path in paths)


def _beside(key: str, name: str) -> str:
    """The key called ``name`` in the mapping of ``key``."""
    return ".".join(filter(None, (key.rpartition(".")[0], name)))


def _inside(key: str, outer: str) -> bool:
    return key.startswith((f"{outer}.", f"{outer}["))


def _fault(file: YamlFile, shape: type[BaseModel], error: ErrorDetails) -> RuleFileError:
    path = real_path(file, error["loc"])
    kind, found = error["type"], _found(file, path, error.get("input"))
    last = str(path[-1]) if path else ""

    def fault(code: str, **values: object) -> RuleFileError:
        return RuleFileError(code, file=file.name, line=file.line(path), key=dotted(path) or None, **values)

    def odd_sign(text: str) -> RuleFileError | None:
        sign = misprint_of_value(text)
        return None if sign is None else fault(sign.code, **sign.values)

    match kind:
        case "extra_forbidden":
            if cut := split_number(_mapping_at(file, path[:-1]), path[-1]):
                return fault("rule-file-comma", text=cut[0], near=cut[1])
            return _unknown_key(shape, path, fault)
        case "missing":
            return fault("rule-file-missing-key", name=error["loc"][-1])
        case "literal_error":
            if sign := odd_sign(found):
                return sign
            wanted = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            if "by" in path[-2:]:
                return _no_level(found, wanted.split(", "), own_words(file.data), fault)
            near = nearest_named(found, {word: rule_words.CHOICES.get(word, ()) for word in wanted.split(", ")})
            near = "" if found in rule_words.CHOICES else near  # a word of another key is no slip of the pen
            code = "rule-file-choice-near" if near else "rule-file-choice"
            return fault(code, found=found, near=near, wanted=wanted)
        case "string_pattern_mismatch":
            if sign := odd_sign(last if error["loc"][-1] == "[key]" else found):
                return sign
            if "d{6}" in error["ctx"]["pattern"]:
                return fault("rule-file-region-code", found=found, near=_code_near(found))
            return fault("rule-file-name", found=found)
        case "date_type":
            return fault(date_fault(found), text=found, near=day_near(found))
        case "value_error":
            if str(error["ctx"]["error"]) == "date":
                return odd_sign(found) or fault(date_fault(found), text=found, near=day_near(found))
            if str(error["ctx"]["error"]) == "date-quotes":
                return fault("rule-file-date-quotes", near=found)
            return fault("rule-file-threshold-truth", found=found)
        case "too_short" | "too_long":
            return _wrong_count(file, path, error, fault)
        case "string_too_long":
            return fault("rule-file-name-long", limit=error["ctx"]["max_length"])
        case _:
            return _wrong_kind(kind, found, error.get("input"), keys_at(shape, path, required=True), last, fault)


def _mapping_at(file: YamlFile, path: Path_) -> dict[Any, object]:
    held: Any = file.data
    for part in path:
        held = held[part]
    return held if isinstance(held, dict) else {}


def _unknown_key(shape: type[BaseModel], path: Path_, fault: Callable[..., RuleFileError]) -> RuleFileError:
    name, known = str(path[-1]), keys_at(shape, path[:-1])
    names = {key: rule_words.KEYS.get(key, ()) for key in known}
    if sign := misprint_of_value(name):
        return fault(sign.code, **sign.values, meant=nearest_named(plain_before(name), names))
    near = nearest_named(name, names)
    code = "rule-file-unknown-key-near" if near else "rule-file-unknown-key"
    return fault(code, name=name, near=near, known=", ".join(sorted(known)), meant=near)


def _no_level(
    found: str, levels: list[str], own: dict[str, list[str]], fault: Callable[..., RuleFileError]
) -> RuleFileError:
    """Behind ``by`` stands something else than a level of regions: often a field, or the whole country. ``own`` are
    the words of the file itself for the levels."""
    wanted = ", ".join(f"{level} ({own[level][0]})" if level in own else level for level in levels)
    if named(found, {"all": rule_words.EVERYWHERE}):
        return fault("rule-by-all", found=found, wanted=wanted)
    near = nearest_named(found, {word: (*own.get(word, ()), *rule_words.ENTITIES.get(word, ())) for word in levels})
    if near and "_" not in found and found not in rule_words.ENTITIES:
        return fault("rule-file-choice-near", found=found, near=near, wanted=wanted)
    return fault("rule-by", found=found, wanted=wanted)


def _wrong_count(
    file: YamlFile, path: Path_, error: ErrorDetails, fault: Callable[..., RuleFileError]
) -> RuleFileError:
    """A list that is too long or too short, often by a sign that parts its items or figures in another way."""
    items = error["input"] if isinstance(error["input"], list) else []
    context = error["ctx"]
    wanted, last = int(context.get("min_length", context.get("max_length", 0))), path[-1]
    written = [_found(file, (*path, at), item) for at, item in enumerate(items)]
    if whole := without_thousands(written, wanted):
        return fault("rule-file-thousands", text=", ".join(written), near=f"{last}: {range_as_written(whole)}")
    for item in written:
        if ends := spoken_range(item, {}):
            return fault("expression-range", text=item, near=f"{last}: {range_as_written(ends)}")
        if sign := misprint_of_value(item):
            return fault(sign.code, **sign.values)
    return fault("rule-file-count", wanted=wanted, found=context["actual_length"])


def _wrong_kind(
    kind: str, found: str, value: object, required: list[str], last: str, fault: Callable[..., RuleFileError]
) -> RuleFileError:
    """A value of another kind than the key takes."""
    wanted = _wanted(kind)
    if value is None and not found:
        return fault("rule-file-nothing", wanted=wanted)
    if isinstance(value, list | dict):
        form = _WANTED["list"] if isinstance(value, list) else _WANTED["dict"]
        near = {"rules": "- id: …", "where": "households > 500 and population > 1000"}.get(last, "")
        return fault("rule-file-form", wanted=wanted, found=form, near=near)
    sign = misprint_of_value(value) if last.isdigit() and isinstance(value, str) else None
    if sign is not None and sign.values["sign"] in "，、":  # between two of a list
        return fault(sign.code, **sign.values)
    if kind == "float_type" and (spelling := _number_near(value)) not in ("", value):
        return fault("rule-file-number-near", text=found, near=spelling)
    if "string" in kind and (value is None or isinstance(value, int | float | dt.date)):
        return fault("rule-file-quote", found=found, wanted=wanted)
    near = ""
    if kind.startswith("bool"):
        near = nearest_named(found, rule_words.TRUTHS)
    elif wanted is _WANTED["model"] and required and last:
        near = f"{found} items" if required == ["is"] else f"{{{required[0]}: {found}}}"
        near = near if last.isdigit() else f"{last}: {near}"
    elif wanted is _WANTED["list"] and last and found and re.fullmatch(r"[^\W\d]\w*", found):
        near = f"{last}: [{found}]"
    elif wanted is _WANTED["list"] and last in _RANGES:
        if ends := spoken_range(found, {}):
            return fault("expression-range", text=found, near=f"{last}: {range_as_written(ends)}")
        near = f"{last}: [{found}, …]"
    return fault("rule-file-type", found=found, wanted=wanted, near=near)


# Keys behind which both ends of a range stand.
_RANGES = ("between", "plausible", "range")


def _code_near(found: str) -> str:
    """The region code that was meant: of a longer one its first six digits; an example where none is."""
    return found[:6] if re.fullmatch(r"[1-9]\d{6,11}", found) else "210100"


def real_path(file: YamlFile, loc: tuple[str | int, ...]) -> tuple[str | int, ...]:
    """The part of a pydantic location that is a path in the file (unions put their own labels between)."""
    path: tuple[str | int, ...] = ()
    for part in loc:
        if (*path, part) in file.lines:
            path = (*path, part)
    return path


def keys_at(shape: type[BaseModel], path: Path_, *, required: bool = False) -> list[str]:
    """Names of the keys allowed at ``path`` under ``shape``, or those that have to stand there."""
    held: list[object] = [shape]
    for part in path:
        held = [form for one in held for form in _below(one, part)]
    homes = [one for form in held for one in _forms(form) if _is_shape(one)]
    keys = {f.alias or name: f.is_required() for one in homes for name, f in one.model_fields.items()}
    return [name for name, is_needed in keys.items() if is_needed or not required]


def _below(form: object, part: str | int) -> Iterator[object]:
    """What may stand at an item or a key of a value of that form."""
    for one in _forms(form):
        inside = get_args(one)
        if get_origin(one) is list:
            # A list of one is also written without its dash.
            yield from inside if isinstance(part, int) else _below(inside[0], part)
        elif get_origin(one) is dict:
            yield inside[1]
        elif _is_shape(one):
            yield from (f.annotation for name, f in one.model_fields.items() if (f.alias or name) == part)


def _forms(form: object) -> Iterator[Any]:
    """The forms of which a value may have one: those of a union, without what is noted about them."""
    if get_origin(form) is Annotated:
        yield from _forms(get_args(form)[0])
    elif get_origin(form) in (Union, UnionType):
        for one in get_args(form):
            yield from _forms(one)
    else:
        yield form


def _is_shape(form: Any) -> bool:
    return isinstance(form, type) and issubclass(form, BaseModel)


def _found(file: YamlFile, path: Path_, value: object) -> str:
    """What stands in the file at ``path``, as its author wrote it: NO is not called False, nor 1.10 called 1.1."""
    if isinstance(value, list | dict):
        return ""
    text = value if isinstance(value, str) else file.written.get(path, json.dumps(value, default=str))
    return clip(text, 40)


def _number_near(value: object) -> str:
    """How a number is written here that YAML takes for text: 1_000, 1e3, 1,5."""
    try:
        read = parse_quantity(value) if isinstance(value, str) else None
    except ExpressionError as error:
        return str(error.values["near"]) if error.code == "expression-number-marks" else ""
    return f"{read.value:.17g}" if read is not None and read.dimension is None else ""


_WANTED = {
    "string": Text("文字", "text"),
    "list": Text("列表", "a list"),
    "dict": Text("一组键和值", "a mapping of keys"),
    "model": Text("一组键和值", "a mapping of keys"),
    "bool": Text("true 或 false", "true or false"),
    "float": Text("数字", "a number"),
    "finite": Text("数字", "a number"),
}


def _wanted(kind: str) -> Text:
    """What a pydantic error type asks for."""
    return next((text for word, text in _WANTED.items() if word in kind), Text(kind, kind))
