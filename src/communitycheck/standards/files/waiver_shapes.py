"""What a file of waivers may hold, key by key."""

import datetime as dt
from typing import Annotated

from pydantic import BeforeValidator, Field

from communitycheck.standards.files.shape_parts import Day, StrictShape, digits, one_of


def in_quotes(value: object) -> object:
    """YAML's own dates are refused: what one program takes for a day is a moment in some time zone to another."""
    if isinstance(value, dt.date):
        raise ValueError("date-quotes")
    return value


def joined(value: object) -> object:
    """[沈阳市, 和平区] is 沈阳市/和平区."""
    if isinstance(value, list) and value and all(isinstance(part, str) for part in value):
        return "/".join(value)
    return digits(value)


QuotedDay = Annotated[Day, BeforeValidator(in_quotes)]
Code = Annotated[str, BeforeValidator(digits)]


class WaivedSubjectIn(StrictShape):
    model_config = one_of("code", "name", "pattern")

    code: Code = ""
    name: str = ""
    pattern: Code = ""
    region: Annotated[str, BeforeValidator(joined)] = ""


class WaiverIn(StrictShape):
    rule: str
    subject: WaivedSubjectIn
    reason: str
    approver: str
    document: str = ""
    from_: QuotedDay | None = Field(default=None, alias="from")
    until: QuotedDay | None = None
    remedy_by: QuotedDay | None = None


class WaiversIn(StrictShape):
    waivers: list[WaiverIn]
