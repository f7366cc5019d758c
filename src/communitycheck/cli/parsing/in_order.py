"""A command that knows in which order its options were given, whatever their names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from typer.core import TyperCommand

_ORDER = "communitycheck.order"


class InOrder(TyperCommand):
    """Click hands over the values of each option together; the order of the options among each other it forgets."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        _, _, given = self.make_parser(ctx).parse_args(list(args))
        ctx.meta[_ORDER] = [parameter.name for parameter in given]
        return super().parse_args(ctx, args)


def in_order(context: Any, values: Mapping[str, Sequence[str] | None]) -> list[tuple[str, str]]:
    """The values of several options that may be repeated, each with its option's name, as they were given."""
    left = {name: list(given or []) for name, given in values.items()}
    found = []
    for name in context.meta.get(_ORDER, []):
        if left.get(name):
            found.append((name, left[name].pop(0)))
    return found + [(name, value) for name, rest in left.items() for value in rest]
