"""Names of which it is certain that their row is a record, and those of which it is not: totals, notes, headings."""

from __future__ import annotations

from communitycheck.model.places.place_names import ENDINGS, OFFICES, any_of
from communitycheck.returns.layout.row_words import (
    RANKS,
    is_class,
    is_note,
    is_numbered,
    is_page,
    is_period,
    is_total,
    region_rank,
)
from communitycheck.returns.layout.statistic_words import heads_figures
from communitycheck.returns.table.left_out.one_subject import MAY_BE_NO_ONE, names_no_one

# Characters with which what is no name may begin or that it holds; RE2 and Python both read it.
MAY_BE_ELSE = rf"[计計汇注例]|^[全本合总總其平均最中标共一过转结承]|{MAY_BE_NO_ONE}"
_COMMUNITIES = any_of((*ENDINGS["community"], *OFFICES["community"]))
# What ends so is surely a community, where nothing in it is suspect.
PLAIN_NAME = rf"[\x{{3400}}-\x{{9fff}}A-Za-z0-9]*(?:{_COMMUNITIES})"


def is_no_record(text: str, entity: str, *, marked: bool) -> bool:
    """Whether a row with that for a name may be no record of its kind: a total, a note, a larger place.

    Args:
        marked: another column marks it as one, by where it lies, its kind, code or number; else its name has to.
    """
    if not marked and entity == "community" and region_rank(text) != RANKS["community"]:
        return True
    if not any(map(str.isalpha, text)):
        return True
    if any(says(text) for says in (is_total, is_note, is_page, is_numbered, is_period, is_class, heads_figures)):
        return True
    return names_no_one(text) or 0 < region_rank(text) < RANKS.get(entity, 0)


def is_no_place(text: str) -> bool:
    """The same for what stands where a record says in which region it lies."""
    return is_total(text) or is_note(text) or is_page(text)
