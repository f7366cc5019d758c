"""What the assessment sheets of a rule file may hold, key by key."""

from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import Field

from communitycheck.standards.files.shape_parts import (
    Bilingual,
    EntityName,
    Formula,
    Id,
    JudgedIn,
    LevelName,
    Plain,
    Range,
    StrictShape,
    TextIn,
    with_comparisons,
)


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


class _ItemIn(JudgedIn):
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
else:
    _ComparedItem = with_comparisons(_ItemIn)


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


class ScoreIn(StrictShape):
    id: Id = "score"
    title: Bilingual
    clause: str = ""
    applies_to: EntityName
    by: LevelName | None = None
    where: str | None = None
    total: Plain | None = None
    most: Plain | None = None
    bonus_cap: Plain | None = None
    penalty_cap: Plain | None = None
    not_applicable: Literal["full", "left_out"] | None = None
    sections: list[SectionIn] = Field(default=[])
    items: Annotated[list[ScoreItemIn], Field(min_length=1)]
    grades: list[GradeIn] = Field(default=[])
    veto: list[VetoIn] = Field(default=[])
    note: Bilingual = TextIn()


def one_or_more(value: object) -> object:
    """A single sheet needs no list."""
    return [value] if isinstance(value, dict) else value
