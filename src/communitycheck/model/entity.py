"""The kinds of subject: what a record of a return may be about."""

from __future__ import annotations

from typing import Literal

from msgspec import Struct

from communitycheck.model.text import Text

# What an entity is: a region or community; what stands in one (an estate, a library); a document, whose record is the
# figures it prints; a period, one month of a statistical return. The last two lie in no region.
EntityKind = Literal["place", "thing", "document", "period"]
REGION_CODE = "region_code"
# The field that names a period: made by the reader, of the sheet and the period as it writes it.
PERIOD_NAME = "period_name"
# Names repeat from county to county, so a name counts only together with its region at the nearest of these levels.
_APART = ("county", "city")


class Entity(Struct, frozen=True):
    """A kind of subject: the communities, the streets, the libraries.

    Attributes:
        key: its name in rules and fields.
        label, plural: what people call one of them, and several.
        name_field: the field that names one.
        code_field: the field that holds its own code; empty where it has none.
        within: the fields that name what it lies in, the nearest first: regions, and other entities.
    """

    key: str
    label: Text = Text()
    plural: Text = Text()
    name_field: str = ""
    code_field: str = REGION_CODE
    within: tuple[str, ...] = ()
    kind: EntityKind = "place"

    @property
    def placed(self) -> bool:
        """Whether it lies in a region, and is one and the same wherever it is named."""
        return self.kind in ("place", "thing")

    @property
    def apart(self) -> str:
        """The level of regions at which a name is one subject's; empty where it is so everywhere."""
        return next((level for level in self.within if level in _APART), "")
