"""Values of our classes as what JSON can hold, and back.

An object with the key ``$`` stands for something that JSON has no word for: one of our classes by its name with its
values in order, a date, a tuple. Only classes that a reader knows are ever made, and nothing is run.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Mapping
from datetime import date, datetime, time
from typing import Any

from msgspec import Struct

Classes = Mapping[str, type[Any]]

PLAIN = (str, int, float, bool, type(None))
_MOMENTS: dict[str, type[date] | type[time]] = {"date": date, "datetime": datetime, "time": time}


def by_name(*classes: type[Any]) -> Classes:
    """Classes of data as a packer and an unpacker know them."""
    return {one.__name__: one for one in classes}


def fields_of(classes: Classes) -> dict[str, list[str]]:
    """The fields of each, in the order in which it takes them; what is worked out again where it is needed is left
    out."""
    return {name: [field for field in _fields(one) if not field.startswith("_")] for name, one in classes.items()}


def _fields(one: type[Any]) -> Iterable[str]:
    """Most are structs of msgspec; those that have more to say of a field than it can hold are data classes."""
    return one.__struct_fields__ if issubclass(one, Struct) else (field.name for field in dataclasses.fields(one))


class Packer:
    """Values -> plain ones."""

    def __init__(self, classes: Classes, fields: Mapping[str, list[str]]) -> None:
        self._classes, self._fields = classes, fields

    def plain(self, value: Any) -> Any:
        """The value as JSON can hold it.

        Raises:
            TypeError: it holds something that has no written form.
        """
        if value is None or isinstance(value, str | int | float):
            return value
        if isinstance(value, list):
            return [self.plain(one) for one in value]
        if isinstance(value, tuple):
            return {"$": "tuple", "of": [self.plain(one) for one in value]}
        if isinstance(value, frozenset):
            return {"$": "frozenset", "of": sorted(self.plain(one) for one in value)}
        if isinstance(value, dict):
            if all(isinstance(key, str) and key != "$" for key in value):
                return {key: self.plain(one) for key, one in value.items()}
            return {"$": "dict", "of": [[self.plain(key), self.plain(one)] for key, one in value.items()]}
        if isinstance(value, date | time):
            return {"$": type(value).__name__, "of": value.isoformat()}
        return self.packed(value)

    def packed(self, value: Any) -> Any:
        """One of our classes; who packs more than these says so here."""
        return {"$": self.name_of(value), "of": self.values_of(value)}

    def values_of(self, value: Any) -> list[Any]:
        values = [getattr(value, key) for key in self._fields[self.name_of(value)]]
        return [one if type(one) in PLAIN else self.plain(one) for one in values]

    def name_of(self, value: Any) -> str:
        name = type(value).__name__
        if self._classes.get(name) is not type(value):
            raise TypeError(f"{name} cannot be stored")
        return name


class Unpacker:
    """Plain values -> what they were."""

    def __init__(self, classes: Classes) -> None:
        self._classes = classes

    def whole(self, value: Any) -> Any:
        """Of other values than those of a packer it makes anything or raises any error that comes of them."""
        if isinstance(value, list):
            return [self.whole(one) if isinstance(one, dict | list) else one for one in value]
        if not isinstance(value, dict):
            return value
        kind = value.get("$")
        if kind is None:
            return {key: self.whole(one) for key, one in value.items()}
        if kind in self._classes:
            return self.made(kind, value["of"])
        return self.special(kind, value.get("of"))

    def made(self, kind: str, values: list[Any]) -> Any:
        # Most values are plain: asking here saves a million calls in a large batch.
        return self._classes[kind](*[one if type(one) in PLAIN else self.whole(one) for one in values])

    def special(self, kind: str, of: Any) -> Any:
        """What is none of our classes; who has packed more than these reads it here."""
        if kind == "tuple":
            return tuple(self.each(of))
        if kind == "frozenset":
            return frozenset(self.each(of))
        if kind == "dict":
            return {self.whole(key): self.whole(one) for key, one in of}
        return _MOMENTS[kind].fromisoformat(of)

    def each(self, values: Iterable[Any]) -> list[Any]:
        return [one if type(one) in PLAIN else self.whole(one) for one in values]
