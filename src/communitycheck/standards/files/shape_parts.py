"""What the shapes of rule files are made of: texts, numbers, days, names, and a key for each comparison.

Modules of shapes do without ``from __future__ import annotations`` and ``default_factory``: pydantic looks at each
annotation when the class is made, and takes longer over texts and over the signatures of factories.
"""

import datetime as dt
from typing import Annotated, Any, Literal

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    StrictBool,
    WithJsonSchema,
    create_model,
)

from communitycheck.model.comparison import COMPARISONS, Form
from communitycheck.patterns import pattern


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


def one_of(*keys: str) -> ConfigDict:
    """For editors: exactly one of the keys is there. What loads the file says so in words of its own."""
    return ConfigDict(json_schema_extra={"oneOf": [{"required": [key]} for key in keys]})


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
LEVEL: dict[str, Any] = {
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


class DatedValueIn(StrictShape):
    value: Formula
    from_: Day | None = Field(default=None, alias="from")
    clause: str = ""


Limits = Formula | Annotated[list[DatedValueIn], Field(min_length=1)]


# What may stand behind the key of a comparison, by its form.
_FORMS: dict[Form, Any] = {
    "limit": Limits,
    "range": Annotated[list[Formula], Field(min_length=2, max_length=2)],
    "truth": StrictBool,
    "items": Annotated[list[str], Field(min_length=1)],
}


class JudgedIn(StrictShape):
    """What holds an indicator against a limit: it has one of the comparisons."""

    @property
    def compared(self) -> dict[str, Any]:
        """What stands behind the key of each comparison that is set."""
        return {key: value for key in COMPARISONS if (value := getattr(self, key, None)) is not None}


def with_comparisons(shape: type[JudgedIn]) -> Any:
    """The shape with a key for each comparison."""
    keys: dict[str, Any] = {key: (_FORMS[one.form] | None, None) for key, one in COMPARISONS.items()}
    return create_model(f"{shape.__name__}Compared", __base__=shape, **keys)
