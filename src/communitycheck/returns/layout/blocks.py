"""Blocks of columns side by side that name the same things anew: each is a table of its own."""

from __future__ import annotations

from communitycheck.returns.layout.cell_kinds import Kind, kind_of, plain
from communitycheck.returns.layout.row_words import is_period


def repeated_blocks(names: list[str], values: set[int]) -> list[list[int]]:
    """The columns of each block, where the headers begin anew with the first of them; empty where they do not.

    Each block names its own records, so that 合计, 男, 女 once for each group of people are no blocks; one may have a
    column more than the others.

    Args:
        names: the header of each column.
        values: the columns that hold figures.
    """
    bare = [plain(name) for name in names]
    lead = next((name for name in bare if name), "")
    starts = [c for c, name in enumerate(bare) if name == lead]
    if not lead or len(starts) < 2:
        return []
    blocks = [_without_margin(list(range(a, b)), bare) for a, b in zip(starts, [*starts[1:], len(bare)], strict=True)]
    held = [[bare[c] for c in block if bare[c]] for block in blocks]
    if any(len(block) < 2 or not set(block[:2]) - values for block in blocks):
        return []
    fewest = set(sorted(held, key=len)[0])
    return blocks if len(fewest) > 1 and all(fewest <= set(own) for own in held) else []


def _without_margin(block: list[int], names: list[str]) -> list[int]:
    """A block without the blank columns that part it from the next."""
    while block and not names[block[-1]]:
        block = block[:-1]
    return block


def titles_of_blocks(row: list[str | None], blocks: list[list[int]]) -> bool:
    """A row that holds one text over each block, another one over every block: their titles.

    Years over blocks are none: they say of which year the figures of one table are.

    Args:
        row: its texts, a merged one in each of its cells.
    """
    texts = [{plain(row[c]) for c in block if plain(row[c])} for block in blocks]
    titles = {text for own in texts for text in own}
    dated = all(kind_of(text) is Kind.PERIOD or is_period(text) for text in titles)
    return all(len(own) == 1 for own in texts) and len(titles) == len(blocks) and not dated
