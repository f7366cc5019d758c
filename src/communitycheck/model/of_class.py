"""What a rule asks of one class of its subjects: how binding it is for them, and by when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Generic, TypeVar

from communitycheck.model.expression import Node
from communitycheck.model.expression.folding import Parameters, fold

T = TypeVar("T")
V = TypeVar("V", covariant=True)


@dataclass(frozen=True, slots=True)
class OfClass(Generic[V]):
    """``value`` for the subjects that meet ``where``, of those that no earlier class has; None is all others."""

    where: Node | None
    value: V


def folded_classes(classes: Sequence[OfClass[T]], parameter: Parameters) -> tuple[OfClass[T], ...]:
    """The classes with parameters worked into their conditions."""
    return tuple(one if one.where is None else replace(one, where=fold(one.where, parameter)) for one in classes)
