"""What a rule file, a dictionary and a case file may hold, key by key. Unknown keys are refused.

These are the shapes of the YAML; ``compile.py`` turns them into the model. The published JSON Schema is made from them.
"""

from typing import TYPE_CHECKING, Annotated, Any, Literal

from pydantic import BeforeValidator, ConfigDict, Field, StrictBool, WithJsonSchema, model_validator

from communitycheck.standards.files.assessment_shapes import ScoreIn, one_or_more
from communitycheck.standards.files.own_levels import with_plain_levels
from communitycheck.standards.files.shape_parts import (
    LEVEL,
    Bilingual,
    Day,
    EntityName,
    FieldTypeName,
    Formula,
    Id,
    JudgedIn,
    Key,
    LevelName,
    Limits,
    Plain,
    Range,
    StrictShape,
    TextIn,
    digits,
    listed,
    with_comparisons,
)


class SourceIn(StrictShape):
    document: str
    issuer: str = ""
    date: Day | None = None
    url: str = ""


class JurisdictionIn(StrictShape):
    code: Annotated[str, Field(pattern=r"^\d{6}$"), BeforeValidator(digits)] = ""
    name: str
    divisions: list[str] = Field(default=[])


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


class _Judged(JudgedIn):
    title: Bilingual | None = None
    clause: str | None = None
    applies_to: EntityName | None = None
    where: str | None = None
    by: Annotated[list[Annotated[LevelName, WithJsonSchema(LEVEL)]], BeforeValidator(listed)] | None = None
    indicator: Formula | None = None


if TYPE_CHECKING:
    _Compared = _Judged
else:
    _Compared = with_comparisons(_Judged)


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
    explainable: StrictBool | None = None
    manual: Bilingual | None = None
    entries: list[str] | None = None


class RuleIn(RuleBody):
    id: Id


class FieldIn(StrictShape):
    label: Bilingual
    type: FieldTypeName
    also: list[Key] = Field(default=[])
    unit: str = ""
    entities: Annotated[list[EntityName], BeforeValidator(listed)] = Field(default=[])
    aliases: list[str] = Field(default=[])
    not_aliases: list[str] = Field(default=[])
    range: Annotated[list[Plain | None], Field(min_length=2, max_length=2)] | None = None
    most: dict[EntityName, Plain] = Field(default={})
    usual: Plain | None = None
    zero: Literal["impossible"] | None = None
    values: dict[str, list[str]] = Field(default={})
    unclear: list[str] = Field(default=[])
    answers: dict[Literal["true", "false"], list[str]] = Field(default={})
    same_column: str | None = None
    derived: str | None = None
    personal: bool = False
    person_names: bool = False
    premises: Literal["whole", "part", "place", ""] = ""
    states: Literal["thing", "grade", "burden", ""] = ""
    residents: Literal["all", "part", ""] = ""
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
    aliases: list[str] = Field(default=[])


class StandardIn(StrictShape):
    standard: Id
    title: Bilingual
    source: SourceIn
    jurisdiction: JurisdictionIn
    in_force: InForceIn = InForceIn()
    horizon: Day | None = None
    extends: Id | None = None
    note: Bilingual = TextIn()
    units: dict[str, Annotated[UnitIn, BeforeValidator(unit_alone)]] = Field(default={})
    parameters: dict[Key, ParameterIn] = Field(default={})
    tables: dict[Key, TableIn] = Field(default={})
    levels: dict[LevelName, LevelIn] = Field(default={})
    entities: dict[Key, EntityIn] = Field(default={})
    fields: dict[Key, FieldIn] = Field(default={})
    override: dict[Id, RuleBody] = Field(default={})
    rules: list[RuleIn] = Field(default=[])
    score: Annotated[list[ScoreIn], BeforeValidator(one_or_more)] = Field(default=[])

    _own_words = model_validator(mode="before")(with_plain_levels)


class ReformIn(StrictShape):
    """What a draft changes in standards that are there, in the words in which a layer changes what it inherits."""

    model_config = ConfigDict(
        json_schema_extra={"anyOf": [{"required": [key]} for key in ("override", "parameters", "tables")]}
    )

    title: Bilingual = TextIn()
    extends: Id | None = None
    note: Bilingual = TextIn()
    parameters: dict[Key, ParameterIn] = Field(default={})
    tables: dict[Key, TableIn] = Field(default={})
    override: dict[Id, RuleBody] = Field(default={})


class DictionaryIn(StrictShape):
    entities: dict[Key, EntityIn] = Field(default={})
    fields: dict[Key, FieldIn] = Field(default={})


OutcomeWord = Literal["pass", "fail", "not_due", "not_applicable", "no_data", "manual", "error"]


class CaseIn(StrictShape):
    rule: str | None = None
    name: str = ""
    records: Annotated[list[dict[str, Any]], Field(min_length=1)]
    beside: dict[Key, Annotated[list[dict[str, Any]], Field(min_length=1)]] = Field(default={})
    outcome: OutcomeWord | None = None
    outcomes: list[OutcomeWord] | dict[str, OutcomeWord] | None = None
    shortfall: Plain | None = None
    add: Plain | None = None
    sheet: str | None = None
    score: Plain | list[Plain] | None = None
    grade: str | list[str] | None = None
    parameters: dict[Key, Formula] = Field(default={})
    as_of: Day | None = None


class CaseFileIn(StrictShape):
    """The cases that stand beside a standard's rules."""

    standard: Id
    as_of: Day | None = None
    cases: Annotated[list[CaseIn], Field(min_length=1)]
