"""What a form asks for: the labels beside which its answers have their places."""

from __future__ import annotations

from communitycheck.model.units import stands_for_unit
from communitycheck.returns.columns.meaning.field_names import FieldNames
from communitycheck.returns.columns.transposed.transposed import LEAST, SHARE, is_label, is_open
from communitycheck.returns.grid import cell_name
from communitycheck.returns.layout.cell_kinds import Kind, kind_of
from communitycheck.returns.layout.layout import BLANK_FORM, FormLabel, Layout

# So many rows are looked at: no form is longer.
_LONGEST = 400


def form_labels(layout: Layout, names: FieldNames, *, pairs: bool) -> list[FormLabel]:
    """The labels of a form in the order of its rows; none where no column holds names of fields.

    Of a form that was filled in those alone that name a field: any other text may be an answer, or somebody's name.

    Args:
        pairs: labels and the places for their answers stand side by side, several times in a row; else the labels are
            those of its rows.
    """
    grid, titles = layout.grid, set(layout.title_rows)
    last = min(layout.body_first + len(layout.classes), grid.n_rows)
    rows = [row for row in range(min(last, _LONGEST)) if row + 1 not in titles]
    columns: dict[int, dict[int, str]] = {}
    for column in layout.columns:
        held = {row: (grid.cell(row, column.index) or "").strip() for row in rows}
        texts = {row: text for row, text in held.items() if kind_of(text) is Kind.TEXT and not is_open(text)}
        named = {text for text in texts.values() if is_label(text, names)}
        blank = layout.empty == BLANK_FORM
        least = 0 if pairs and blank else 1 if pairs else LEAST
        if texts and len(named) >= least and (least == 0 or len(named) >= SHARE * len(texts)):
            heads = [] if pairs else [row - 1 for row in layout.header_rows]
            columns[column.index] = {r: t for r, t in texts.items() if t in named or (blank and r not in heads)}
    found = [(row, c) for c, texts in columns.items() for row in texts]
    return [FormLabel(cell_name(r, c), columns[c][r], _unit_beside(layout, r, c)) for r, c in sorted(found)]


def _unit_beside(layout: Layout, row: int, column: int) -> str | None:
    """The unit in the cell right of a label."""
    text = (layout.grid.cell(row, column + 1) or "").strip()
    return text if text and stands_for_unit(text.strip("()（）")) else None
