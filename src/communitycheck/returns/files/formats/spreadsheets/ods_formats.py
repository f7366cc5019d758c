"""The number formats that an ods spells out in elements, as codes like those of other workbooks."""

from __future__ import annotations

from collections.abc import Mapping

PERCENT = "%"
_STYLES = frozenset({"number-style", "currency-style", "percentage-style"})
_FIGURES = frozenset({"number", "scientific-number", "fraction"})


class OdsFormats:
    """Takes the elements of number formats as they go by, by their names without namespace."""

    def __init__(self) -> None:
        self._codes: dict[str, str] = {}
        self._name: str | None = None
        self._parts: list[str] = []
        self._cases: list[str] = []
        self._writes = False

    def code(self, name: str) -> str:
        """``PERCENT`` for a percentage; empty for one that is not known."""
        return self._codes.get(name, "")

    def start(self, element: str, attributes: Mapping[str, str]) -> bool:
        """True for an element whose text is wanted."""
        if element in _STYLES:
            self._name, self._parts, self._cases = attributes.get("name", ""), [], []
        elif self._name is None:
            return False
        elif element in _FIGURES:
            factor = attributes.get("display-factor", "1")
            thousands = (len(factor) - 1) // 3 if factor.strip("0") == "1" else 0
            self._parts.append("0" + "," * thousands)
        elif element == "map":
            case = self._codes.get(attributes.get("apply-style-name", ""))
            condition = attributes.get("condition", "").removeprefix("value()")
            if case and case != PERCENT:
                self._cases.append(f"[{condition}]{case}")
        elif element == "text":
            self._writes = True
            return True
        return False

    def text(self, text: str) -> None:
        self._parts.append('"{}"'.format(text.replace('"', "")))

    def end(self, element: str) -> bool:
        """True at the end of an element whose text was wanted."""
        if element in _STYLES and self._name is not None:
            code = PERCENT if element == "percentage-style" else ";".join([*self._cases, "".join(self._parts)])
            self._codes[self._name], self._name = code, None
        if element == "text" and self._writes:
            self._writes = False
            return True
        return False
