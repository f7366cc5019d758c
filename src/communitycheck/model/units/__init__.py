"""Units: as returns write them (``written``), as rules do (``words``, ``compound``), and what they measure
(``dimension``).

Each kind of number has one canonical unit, in which tables hold it and reports print it.
"""

from communitycheck.model.units.compound import (
    RuleUnit,
    UnitPart,
    amount_in,
    canonical,
    column_kind,
    counts_things,
    declare,
    kind_of,
    measure_of,
    own_word,
    parse_unit,
    says_unit,
    shown,
    stands_for_unit,
)
from communitycheck.model.units.dimension import NONE, Dimension
from communitycheck.model.units.words import OwnUnits, UnitWord, every_word
from communitycheck.model.units.written import (
    CANONICAL,
    UNITS,
    Unit,
    column_unit,
    find_unit,
    normalised,
)

__all__ = [
    "CANONICAL",
    "NONE",
    "UNITS",
    "Dimension",
    "OwnUnits",
    "RuleUnit",
    "Unit",
    "UnitPart",
    "UnitWord",
    "amount_in",
    "canonical",
    "column_kind",
    "column_unit",
    "counts_things",
    "declare",
    "every_word",
    "find_unit",
    "kind_of",
    "measure_of",
    "normalised",
    "own_word",
    "parse_unit",
    "says_unit",
    "shown",
    "stands_for_unit",
]
