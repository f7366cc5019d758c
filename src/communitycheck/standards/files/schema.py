"""What a rule file, a dictionary and a case file may hold, key by key. Unknown keys are refused.

These are the shapes of the YAML; ``load.py`` turns them into the model. The published JSON Schema is made from them.
"""

from __future__ import annotations

import datetime as dt
import json
from difflib import get_close_matches
from typing import Annotated, Any, Literal, TypeVar

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StrictBool, ValidationError

from communitycheck.errors import RuleFileError
from communitycheck.model.text import Text
from communitycheck.patterns import pattern
from communitycheck.standards.files.yaml_file import YamlFile, dotted


def _bilingual(value: Any) -> Any:
    return {"zh": value, "en": ""} if isinstance(value, str) else value


# Chinese is written without spaces: where a folded line of YAML puts one between two characters, it goes.
_FOLD = pattern(r"(?<=[\u3000-\u9fff\uff00-\uffef”’])\s+(?=[\u3000-\u9fff\uff00-\uffef“‘])")


def _unfolded(text: str) -> str:
    return _FOLD.sub("", text)


def _listed(value: Any) -> Any:
    return [value] if isinstance(value, str) else value


def _digits(value: Any) -> Any:
    """A region code is easily written without its quotes."""
    return f"{value:06d}" if isinstance(value, int) and not isinstance(value, bool) else value


def _number_or_text(value: Any) -> Any:
    """Thresholds are numbers, quantities or formulas; all are handled as text from here on."""
    if isinstance(value, bool):
        raise ValueError("threshold-truth")
    return repr(value) if isinstance(value, int | float) else value


def _day(value: Any) -> Any:
    """A date, or one written in quotes. Left alone, pydantic would take a number for seconds since 1970."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError("date") from None
    if isinstance(value, int | float):
        raise ValueError("date")
    return value


Shape = TypeVar("Shape", bound=BaseModel)


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TextIn(_Strict):
    zh: Annotated[str, AfterValidator(_unfolded)] = ""
    en: str = ""


Bilingual = Annotated[TextIn, BeforeValidator(_bilingual)]
Strings = Annotated[list[str], BeforeValidator(_listed)]
Formula = Annotated[str, BeforeValidator(_number_or_text)]
Id = Annotated[str, Field(pattern=r"^[^\W_][\w.-]*$", max_length=80)]
Key = Annotated[str, Field(pattern=r"^[^\W\d]\w*$", max_length=80)]
EntityName = Literal["community", "street", "county", "city", "province", "estate", "document", "period"]
LevelName = Literal["street", "county", "city", "province"]
FieldTypeName = Literal[
    "int",
    "decimal",
    "share",
    "truth",
    "count",
    "hours",
    "days",
    "times",
    "category",
    "items",
    "text",
    "date",
    "code",
]
Range = Annotated[list[Formula | None], Field(min_length=2, max_length=2)]
Plain = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[dt.date, BeforeValidator(_day)]


class SourceIn(_Strict):
    document: str
    issuer: str = ""
    date: Day | None = None
    url: str = ""


class JurisdictionIn(_Strict):
    code: Annotated[str, Field(pattern=r"^\d{6}$"), BeforeValidator(_digits)]
    name: str
    divisions: list[str] = []


class InForceIn(_Strict):
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


class DatedValueIn(_Strict):
    value: Formula
    from_: Day | None = Field(default=None, alias="from")
    clause: str = ""


class ParameterIn(_Strict):
    value: Formula | list[DatedValueIn]
    unit: str = ""
    clause: str = ""
    note: Bilingual = TextIn()


Limits = Formula | list[DatedValueIn]


class RuleBody(_Strict):
    """The keys that an override may set; a rule has these and its ``id``."""

    title: Bilingual | None = None
    clause: str | None = None
    applies_to: EntityName | None = None
    where: str | None = None
    by: Annotated[list[LevelName], BeforeValidator(_listed)] | None = None
    indicator: Formula | None = None
    at_least: Limits | None = None
    more_than: Limits | None = None
    at_most: Limits | None = None
    less_than: Limits | None = None
    equals: Limits | None = None
    between: Annotated[list[Formula], Field(min_length=2, max_length=2)] | None = None
    is_: StrictBool | None = Field(default=None, alias="is")
    covers: Annotated[list[str], Field(min_length=1)] | None = None
    unit: str | None = None
    tolerance: Formula | None = None
    plausible: Range | None = None
    lever: str | None = None
    severity: Literal["mandatory", "expected", "advisory"] | None = None
    due: Day | None = None
    note: Bilingual | None = None
    manual: Bilingual | None = None
    entries: list[str] | None = None


class RuleIn(RuleBody):
    id: Id


class FieldIn(_Strict):
    label: Bilingual
    type: FieldTypeName
    also: list[Key] = []
    unit: str = ""
    entities: Annotated[list[EntityName], BeforeValidator(_listed)] = []
    aliases: list[str] = []
    not_aliases: list[str] = []
    range: Annotated[list[Plain | None], Field(min_length=2, max_length=2)] | None = None
    most: dict[EntityName, Plain] = {}
    zero: Literal["impossible"] | None = None
    values: dict[str, list[str]] = {}
    unclear: list[str] = []
    same_column: str | None = None
    derived: str | None = None
    personal: bool = False
    role: Literal["name", "region", "code", "period", "seq", "note"] | None = None
    note: Bilingual = TextIn()


class StandardIn(_Strict):
    standard: Id
    title: Bilingual
    source: SourceIn
    jurisdiction: JurisdictionIn
    in_force: InForceIn = InForceIn()
    horizon: Day | None = None
    extends: Id | None = None
    note: Bilingual = TextIn()
    parameters: dict[Key, ParameterIn] = {}
    fields: dict[Key, FieldIn] = {}
    override: dict[Id, RuleBody] = {}
    rules: list[RuleIn] = []


class DictionaryIn(_Strict):
    fields: dict[Key, FieldIn]


OutcomeWord = Literal["pass", "fail", "not_due", "not_applicable", "no_data", "manual", "error"]


class CaseIn(_Strict):
    rule: str
    name: str = ""
    records: Annotated[list[dict[str, Any]], Field(min_length=1)]
    outcome: OutcomeWord | None = None
    outcomes: list[OutcomeWord] | dict[str, OutcomeWord] | None = None
    shortfall: Plain | None = None
    add: Plain | None = None
    parameters: dict[Key, Formula] = {}
    as_of: Day | None = None


class CaseFileIn(_Strict):
    """The cases that stand beside a standard's rules."""

    standard: Id
    as_of: Day | None = None
    cases: Annotated[list[CaseIn], Field(min_length=1)]


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
        faults = [_fault(file, shape, dict(e)) for e in error.errors(include_url=False)]
        # What fits no form of a union draws a fault for each form: one deeper inside tells more, else the first.
        keys = [f.key or "" for f in faults]
        deep = [f for f in faults if f.code != "rule-file-type" or not any(_inside(k, f.key or "") for k in keys)]
        first = {(f.key, f.values["name"] if f.code == "rule-file-missing-key" else ""): f for f in reversed(deep)}
        return None, sorted(first.values(), key=lambda f: (f.line or 0, f.key or ""))


def _inside(key: str, outer: str) -> bool:
    return key.startswith((f"{outer}.", f"{outer}["))


def _fault(file: YamlFile, shape: type[BaseModel], error: dict[str, Any]) -> RuleFileError:
    path = _real_path(file, error["loc"])
    line, key = file.line(path), dotted(path)
    kind, found = error["type"], error.get("input")
    last = path[-1] if path else ""
    where: dict[str, Any] = {"file": file.name, "line": line, "key": key or None}
    match kind:
        case "extra_forbidden":
            known = _keys_at(shape, path[:-1])
            near = get_close_matches(str(last), known, n=1, cutoff=0.5)
            code = "rule-file-unknown-key-near" if near else "rule-file-unknown-key"
            return RuleFileError(code, **where, name=last, near=near[0] if near else "", known=", ".join(sorted(known)))
        case "missing":
            return RuleFileError("rule-file-missing-key", **where, name=error["loc"][-1])
        case "literal_error":
            wanted = error["ctx"]["expected"].replace("'", "").replace(" or ", ", ")
            near = get_close_matches(str(found), wanted.split(", "), n=1, cutoff=0.5)
            code = "rule-file-choice-near" if near else "rule-file-choice"
            return RuleFileError(code, **where, found=found, near=near[0] if near else "", wanted=wanted)
        case "string_pattern_mismatch":
            code = "rule-file-region-code" if "d{6}" in error["ctx"]["pattern"] else "rule-file-name"
            return RuleFileError(code, **where, found=found)
        case "date_type":
            return RuleFileError("rule-file-date", **where, text=_sample(found))
        case "value_error":
            if str(error["ctx"]["error"]) == "date":
                return RuleFileError("rule-file-date", **where, text=_sample(found))
            return RuleFileError("rule-file-threshold-truth", **where)
        case "too_short" | "too_long":
            context = error["ctx"]
            wanted = context.get("min_length", context.get("max_length"))
            return RuleFileError("rule-file-count", **where, wanted=wanted, found=context["actual_length"])
        case "string_too_long":
            return RuleFileError("rule-file-name-long", **where, limit=error["ctx"]["max_length"])
        case _:
            quotable = isinstance(found, int | float | dt.date) and "string" in kind
            code = "rule-file-quote" if quotable else "rule-file-type"
            return RuleFileError(code, **where, found=_sample(found), wanted=_wanted(kind))


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


def _sample(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str) if isinstance(value, list | dict) else str(value)
    return text if len(text) <= 40 else text[:39] + "…"


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
