"""A blank return: which sheets it has, which columns each, and the rules that read them."""

from __future__ import annotations

from msgspec import Struct

from communitycheck.model.dictionary import Dictionary, Field
from communitycheck.model.standard import Rule, Standard


class Use(Struct, frozen=True):
    """A rule that reads a column. ``judged`` is False where the column only tells whom the rule covers."""

    standard: Standard
    rule: Rule
    judged: bool


class TemplateColumn(Struct, frozen=True):
    """One column to fill in.

    Attributes:
        header: what stands above it; the reader maps it to ``field`` with certainty.
        unit: the unit that the header states; empty where it states none.
        lead: it names or places the record; the others are what rules read.
        required: a mandatory or expected rule needs it, or no record does without it.
        choices: what may be chosen, as the reader reads it back; empty where anything may be typed.
    """

    field: Field
    header: str
    unit: str = ""
    lead: bool = False
    required: bool = False
    choices: tuple[str, ...] = ()
    uses: tuple[Use, ...] = ()


class TemplateSheet(Struct, frozen=True):
    """The sheet of one kind of subject; the columns that name and place its records come first."""

    entity: str
    columns: tuple[TemplateColumn, ...]

    @property
    def name_column(self) -> int:
        """Index of the column that names the record."""
        return max(i for i, c in enumerate(self.columns) if c.lead and c.required)


class Template(Struct, frozen=True):
    """A blank return for some standards.

    Attributes:
        place: the region it is for; empty where the standards belong to several, or to the whole country.
        aside: rules that the return does not answer: judged by people, or about subjects above ``place``.
        version: of the toolkit that made it.
    """

    standards: tuple[Standard, ...]
    dictionary: Dictionary
    sheets: tuple[TemplateSheet, ...]
    place: str
    aside: tuple[tuple[Standard, Rule], ...]
    version: str
