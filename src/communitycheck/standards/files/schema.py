"""What a rule file, a dictionary and a case file may hold, key by key. Unknown keys are refused.

These are the shapes of the YAML; ``compile.py`` turns them into the model. The published JSON Schema is made from them.
"""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    create_model,
    model_validator,
)

from communitycheck.model.comparison import COMPARISONS, Form
from communitycheck.patterns import pattern
from communitycheck.standards.files.own_levels import with_plain_levels


def bilingual(value: object) -> object:
    """One text for both languages. What YAML makes of NO or 1.10 goes the same way, to be told that it needs quotes."""
    return {"zh": value, "en": ""} if isinstance(value, str | int | float | dt.date) else value


# Chinese is written without spaces: where a folded line of YAML puts one between two characters, it goes.
_FOLD = pattern(r"(?<=[\u3000-\u9fff\uff00-\uffef”’])\s+(?=[\u3000-\u9fff\uff00-\uffef“‘])")


def _unfolded(text: str) -> str:
    return _FOLD.sub("", text)


def listed(value: object) -> object:
    return [value] if isinstance(value, str | int | float | dt.date) else value


def digits(value: object) -> object:
    """A region code is easily written without its quotes. One that is too short is not made longer."""
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else value


def number_or_text(value: object) -> object:
    """Thresholds are numbers, quantities or formulas; all are handled as text from here on."""
    if isinstance(value, bool):
        raise ValueError("threshold-truth")
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        return value.isoformat()
    return repr(value) if isinstance(value, int | float) else value


def _day(value: object) -> object:
    """A date, or one written in quotes. Left alone, pydantic would take a number for seconds since 1970."""
    if isinstance(value, str):
        try:
            return dt.date.fromisoformat(value.strip())
        except ValueError:
            raise ValueError("date") from None
    if isinstance(value, int | float):
        raise ValueError("date")
    return value


class StrictShape(BaseModel):
    """Keys that are not named here are refused."""

    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)


class TextIn(StrictShape):
    zh: Annotated[str, AfterValidator(_unfolded)] = ""
    en: str = ""


Bilingual = Annotated[TextIn, BeforeValidator(bilingual)]
Strings = Annotated[list[str], BeforeValidator(listed)]
Formula = Annotated[str, BeforeValidator(number_or_text)]
Id = Annotated[str, Field(pattern=r"^[^\W_][\w.-]*$", max_length=80)]
Key = Annotated[str, Field(pattern=r"^[^\W\d]\w*$", max_length=80)]
# An entity of the dictionary or of the standard itself; which there are is known once both are read.
_ENTITY: dict[str, Any] = {
    "anyOf": [
        {"enum": ["community", "street", "county", "city", "province", "estate", "document", "period"]},
        {"type": "string", "pattern": r"^[^\W\d]\w*$"},
    ]
}
EntityName = Annotated[str, WithJsonSchema(_ENTITY)]
LevelName = Literal["street", "county", "city", "province"]
# Or what the standard's own levels call one.
_LEVEL: dict[str, Any] = {
    "anyOf": [{"enum": ["street", "county", "city", "province"]}, {"type": "string", "pattern": r"^[^\W\d][\w ]*$"}]
}
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
    "identity",
]
Range = Annotated[list[Formula | None], Field(min_length=2, max_length=2)]
Plain = Annotated[float, Field(strict=True, allow_inf_nan=False)]
Day = Annotated[dt.date, BeforeValidator(_day)]


class SourceIn(StrictShape):
    document: str
    issuer: str = ""
    date: Day | None = None
    url: str = ""


class JurisdictionIn(StrictShape):
    code: Annotated[str, Field(pattern=r"^\d{6}$"), BeforeValidator(digits)] = ""
    name: str
    divisions: list[str] = Field(default_factory=list)


class InForceIn(StrictShape):
    from_: Day | None = Field(default=None, alias="from")
    to: Day | None = None


def unit_alone(value: object) -> object:
    """``册: items`` in short."""
    return {"is": value} if isinstance(value, str) else value


class UnitIn(StrictShape):
    is_: str = Field(alias="is")
    zh: str = ""
    en: str = ""


class DatedValueIn(StrictShape):
    value: Formula
    from_: Day | None = Field(default=None, alias="from")
    clause: str = ""


Limits = Formula | Annotated[list[DatedValueIn], Field(min_length=1)]


class ParameterIn(StrictShape):
    value: Limits
    unit: str = ""
    clause: str = ""
    note: Bilingual = TextIn()


# Rows by class (a mapping) or by range (a list), each with a number, dated numbers, or the rows of the next key.
_VALUE: dict[str, Any] = {"type": ["number", "string", "object", "array"]}
_RANGE: dict[str, Any] = {
    "type": "object",
    "properties": {"below": _VALUE, "up_to": _VALUE, "value": _VALUE},
    "required": ["value"],
    "additionalProperties": False,
}
_ROWS: dict[str, Any] = {
    "anyOf": [{"type": "object", "additionalProperties": _VALUE}, {"type": "array", "items": _RANGE}]
}
Rows = Annotated[Any, WithJsonSchema(_ROWS)]


class TableIn(StrictShape):
    rows: Rows = None
    override: Rows = None
    unit: str = ""
    clause: str = ""
    note: Bilingual = TextIn()


SeverityName = Literal["mandatory", "expected", "advisory"]


class SeverityOfClassIn(StrictShape):
    where: str | None = None
    value: SeverityName


class DueOfClassIn(StrictShape):
    where: str | None = None
    value: Day


class _Judged(StrictShape):
    title: Bilingual | None = None
    clause: str | None = None
    applies_to: EntityName | None = None
    where: str | None = None
    by: Annotated[list[Annotated[LevelName, WithJsonSchema(_LEVEL)]], BeforeValidator(listed)] | None = None
    indicator: Formula | None = None


# What may stand behind the key of a comparison, by its form.
_FORMS: dict[Form, Any] = {
    "limit": Limits,
    "range": Annotated[list[Formula], Field(min_length=2, max_length=2)],
    "truth": StrictBool,
    "items": Annotated[list[str], Field(min_length=1)],
}

if TYPE_CHECKING:
    _Compared = _Judged
else:  # a key for each comparison
    _Compared = create_model(
        "_Compared", __base__=_Judged, **{key: (_FORMS[one.form] | None, None) for key, one in COMPARISONS.items()}
    )


class RuleBody(_Compared):
    """The keys that an override may set; a rule has these and its ``id``."""

    unit: str | None = None
    tolerance: Formula | None = None
    plausible: Range | None = None
    lever: str | None = None
    severity: SeverityName | Annotated[list[SeverityOfClassIn], Field(min_length=1)] | None = None
    due: Day | Annotated[list[DueOfClassIn], Field(min_length=1)] | None = None
    note: Bilingual | None = None
    message: Bilingual | None = None
    advice: Bilingual | None = None
    manual: Bilingual | None = None
    entries: list[str] | None = None

    @property
    def compared(self) -> dict[str, Any]:
        """What stands behind the key of each comparison that is set."""
        return {key: value for key in COMPARISONS if (value := getattr(self, key, None)) is not None}


class RuleIn(RuleBody):
    id: Id


class FieldIn(StrictShape):
    label: Bilingual
    type: FieldTypeName
    also: list[Key] = Field(default_factory=list)
    unit: str = ""
    entities: Annotated[list[EntityName], BeforeValidator(listed)] = Field(default_factory=list)
    aliases: list[str] = Field(default_factory=list)
    not_aliases: list[str] = Field(default_factory=list)
    range: Annotated[list[Plain | None], Field(min_length=2, max_length=2)] | None = None
    most: dict[EntityName, Plain] = Field(default_factory=dict)
    usual: Plain | None = None
    zero: Literal["impossible"] | None = None
    values: dict[str, list[str]] = Field(default_factory=dict)
    unclear: list[str] = Field(default_factory=list)
    answers: dict[Literal["true", "false"], list[str]] = Field(default_factory=dict)
    same_column: str | None = None
    derived: str | None = None
    personal: bool = False
    person_names: bool = False
    premises: Literal["whole", "part", "place", ""] = ""
    states: Literal["thing", "grade", "burden", ""] = ""
    role: Literal["name", "region", "code", "period", "seq", "note"] | None = None
    note: Bilingual = TextIn()


class EntityIn(StrictShape):
    label: Bilingual
    plural: Bilingual = TextIn()
    name: Key | None = None
    code: Key | None = None
    within: Annotated[list[Key], BeforeValidator(listed)] | None = None
    kind: Literal["place", "thing", "document", "period"] = "thing"


class LevelIn(StrictShape):
    label: Bilingual
    plural: Bilingual = TextIn()
    aliases: list[str] = Field(default_factory=list)


class BandIn(StrictShape):
    at_least: Formula | None = None
    more_than: Formula | None = None
    below: Formula | None = None
    up_to: Formula | None = None
    points: Plain | Literal["full"] | None = None


class GradeIn(StrictShape):
    name: Bilingual
    at_least: Plain | None = None
    more_than: Plain | None = None
    below: Plain | None = None
    up_to: Plain | None = None


class SectionIn(StrictShape):
    id: Id
    title: Bilingual
    total: Plain | None = None


class VetoIn(StrictShape):
    title: Bilingual
    clause: str = ""
    rule: str | None = None
    if_: str | None = Field(default=None, alias="if")
    grade: str


class _ItemIn(StrictShape):
    id: Id
    title: Bilingual
    clause: str = ""
    section: Id | None = None
    weight: Plain | None = None
    bonus: Plain | None = None
    penalty: Plain | None = None
    rule: str | None = None
    where: str | None = None
    indicator: Formula | None = None


if TYPE_CHECKING:
    _ComparedItem = _ItemIn
else:  # a key for each comparison
    _ComparedItem = create_model(
        "_ComparedItem", __base__=_ItemIn, **{key: (_FORMS[one.form] | None, None) for key, one in COMPARISONS.items()}
    )


class ScoreItemIn(_ComparedItem):
    unit: str | None = None
    tolerance: Formula | None = None
    plausible: Range | None = None
    if_: str | None = Field(default=None, alias="if")
    points: Literal["full", "proportional"] | None = None
    none_below: Formula | None = None
    tiers: Annotated[list[BandIn], Field(min_length=1)] | None = None
    deduct: Plain | None = None
    each: Plain | None = None
    per: Formula | None = None
    floor: Plain | None = None
    cap: Plain | None = None
    manual: Bilingual | None = None
    note: Bilingual = TextIn()

    @property
    def compared(self) -> dict[str, Any]:
        """What stands behind the key of each comparison that is set."""
        return {key: value for key in COMPARISONS if (value := getattr(self, key, None)) is not None}


class ScoreIn(StrictShape):
    id: Id = "score"
    title: Bilingual
    clause: str = ""
    applies_to: EntityName
    by: LevelName | None = None
    total: Plain | None = None
    most: Plain | None = None
    bonus_cap: Plain | None = None
    penalty_cap: Plain | None = None
    not_applicable: Literal["full", "left_out"] | None = None
    sections: list[SectionIn] = Field(default_factory=list)
    items: Annotated[list[ScoreItemIn], Field(min_length=1)]
    grades: list[GradeIn] = Field(default_factory=list)
    veto: list[VetoIn] = Field(default_factory=list)
    note: Bilingual = TextIn()


def one_or_more(value: object) -> object:
    """A single sheet needs no list."""
    return [value] if isinstance(value, dict) else value


class StandardIn(StrictShape):
    standard: Id
    title: Bilingual
    source: SourceIn
    jurisdiction: JurisdictionIn
    in_force: InForceIn = InForceIn()
    horizon: Day | None = None
    extends: Id | None = None
    note: Bilingual = TextIn()
    units: dict[str, Annotated[UnitIn, BeforeValidator(unit_alone)]] = Field(default_factory=dict)
    parameters: dict[Key, ParameterIn] = Field(default_factory=dict)
    tables: dict[Key, TableIn] = Field(default_factory=dict)
    levels: dict[LevelName, LevelIn] = Field(default_factory=dict)
    entities: dict[Key, EntityIn] = Field(default_factory=dict)
    fields: dict[Key, FieldIn] = Field(default_factory=dict)
    override: dict[Id, RuleBody] = Field(default_factory=dict)
    rules: list[RuleIn] = Field(default_factory=list)

    _own_words = model_validator(mode="before")(with_plain_levels)
    score: Annotated[list[ScoreIn], BeforeValidator(one_or_more)] = Field(default_factory=list)


class DictionaryIn(StrictShape):
    entities: dict[Key, EntityIn] = Field(default_factory=dict)
    fields: dict[Key, FieldIn] = Field(default_factory=dict)


OutcomeWord = Literal["pass", "fail", "not_due", "not_applicable", "no_data", "manual", "error"]


class CaseIn(StrictShape):
    rule: str | None = None
    name: str = ""
    records: Annotated[list[dict[str, Any]], Field(min_length=1)]
    beside: dict[Key, Annotated[list[dict[str, Any]], Field(min_length=1)]] = Field(default_factory=dict)
    outcome: OutcomeWord | None = None
    outcomes: list[OutcomeWord] | dict[str, OutcomeWord] | None = None
    shortfall: Plain | None = None
    add: Plain | None = None
    sheet: str | None = None
    score: Plain | list[Plain] | None = None
    grade: str | list[str] | None = None
    parameters: dict[Key, Formula] = Field(default_factory=dict)
    as_of: Day | None = None


class CaseFileIn(StrictShape):
    """The cases that stand beside a standard's rules."""

    standard: Id
    as_of: Day | None = None
    cases: Annotated[list[CaseIn], Field(min_length=1)]
