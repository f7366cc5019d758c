"""What a file of renames may hold, key by key."""

from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from communitycheck.standards.files.shape_parts import Day, EntityName, StrictShape, digits, one_of


def _subject(value: object) -> object:
    return {"name": value} if isinstance(value, str | int) and not isinstance(value, bool) else value


def named_or_listed(value: object) -> object:
    """A name alone, one subject, or several of either."""
    return [_subject(one) for one in value] if isinstance(value, list) else [_subject(value)]


class RenamedSubjectIn(StrictShape):
    model_config = one_of("code", "name")

    code: Annotated[str, BeforeValidator(digits)] = ""
    name: Annotated[str, BeforeValidator(digits)] = ""
    region: str = ""


RenamedSubjects = Annotated[list[RenamedSubjectIn], Field(min_length=1), BeforeValidator(named_or_listed)]


class RenameIn(StrictShape):
    from_: RenamedSubjects = Field(alias="from")
    to: RenamedSubjects
    date: Day
    kind: Literal["renamed", "merged", "split"] = "renamed"
    entity: EntityName = "community"


class RenamesIn(StrictShape):
    renames: list[RenameIn]
