"""Values that need no conversion: texts, lists of them, and yes or no as the parser of options gives it.

Typer hands each value to pydantic, which takes longer to load than all of Typer, and here mostly gives it back as it
is. What has to be converted, or is refused, goes its way as before.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any


def keep_plain_values(command: Any) -> None:
    """Let the options of a command that are texts, or not given, take their values as they are."""
    of_command = command.get_params

    def parameters(ctx: Any) -> Any:
        found = of_command(ctx)  # --help among them, which is made there
        for one in found:
            made = getattr(one, "get_runtime_param", None)  # older versions of Typer have none, nor pydantic
            if made is not None and not isinstance(made, _Keeping):
                one.get_runtime_param = _Keeping(one, made)
        return found

    command.get_params = parameters


class _Keeping:
    """Stands in for what converts the values of one parameter, which is made where there is something to convert."""

    def __init__(self, parameter: Any, make: Callable[[], Any]) -> None:
        self._make = make
        self._is_text = parameter.type_descriptor.annotation in (str, list[str])
        self._is_many = parameter.multiple or parameter.nargs == -1

    def __call__(self) -> _Keeping:
        return self

    def coerce(self, value: Any, param: Any, ctx: Any) -> Any:
        if value is None:
            return () if self._is_many else None
        if self._is_text and self._is_many and isinstance(value, list | tuple) and all(map(_is_text, value)):
            return list(value)
        if self._is_text and not self._is_many and _is_text(value):
            return value
        return self._make().coerce(value, param=param, ctx=ctx)


def _is_text(value: object) -> bool:
    return type(value) is str
