"""What a file of prices may hold, key by key."""

from typing import Annotated

from pydantic import Field

from communitycheck.standards.files.shape_parts import Bilingual, Formula, StrictShape


class PriceIn(StrictShape):
    lever: str
    method: Bilingual
    price: Formula
    running: Formula | None = None


class CostsIn(StrictShape):
    costs: Annotated[list[PriceIn], Field(min_length=1)]
