"""Every error the toolkit raises on purpose.

    CommunityCheckError            one clear line: what, where, what to do
    ├── UsageError                 a wrong option, an unknown standard, rule, region or date
    ├── RuleFileError              a standard, dictionary or case file: file, line, key
    │   └── ExpressionError        a formula inside one: also the column in it
    ├── ReturnError                a file that cannot be read as a return; the others are judged all the same
    │   ├── QuestionError          a return that can be read two ways; the user has to choose
    │   └── NotMarkedError         a return of which no marked-up copy can be made; it was read and judged
    └── WriteError                 a report that could not be written

The exit code is 2 with any of them but NotMarkedError, which is a remark.

An error carries a message ``code`` and its values, never a finished sentence: the sentence is looked up in
``communitycheck.messages`` in the reader's language.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable

from communitycheck.messages import say
from communitycheck.printable import one_line


class CommunityCheckWarning(UserWarning):
    """What a caller should know that changes no result: a message like those of the errors."""

    def __init__(self, code: str, values: dict[str, object]) -> None:
        super().__init__(code, values)  # what is passed between processes is made anew from these
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return say(self.code, "en", **self.values)


def tell(code: str, **values: object) -> None:
    """Warn the caller; a run of the command line says it on standard error."""
    warnings.warn(CommunityCheckWarning(code, values), stacklevel=3)


class CommunityCheckError(Exception):
    """Base of all deliberate errors.

    Args:
        code: key of the message in the catalogue.
        values: the named values that the message prints.
    """

    def __init__(self, code: str, **values: object) -> None:
        super().__init__(code, values)
        self.code = code
        self.values = values

    def __str__(self) -> str:
        return say(self.code, "en", **self.values)

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.values, self.__dict__))


def _rebuild(
    kind: type[CommunityCheckError], code: str, values: dict[str, object], state: dict[str, object]
) -> CommunityCheckError:
    """The error as it was: a caller may read in a pool of processes of its own, which pickles what they raise."""
    error = kind.__new__(kind)
    Exception.__init__(error, code, values)
    error.__dict__.update(state)
    return error


class UsageError(CommunityCheckError):
    """A wrong option or argument."""


# Of a UsageError that lies in the returns: nothing tells which standard applies to them.
NO_STANDARD_APPLIES = frozenset(
    {"region-needed", "region-tells-no-city", "region-without-standard", "region-not-covered", "none-in-force"}
)


class RuleFileError(CommunityCheckError):
    """A fault in a rule file. ``line`` counts from 1; ``key`` is the dotted path of the entry at fault.

    ``others`` are the further faults of the files that were read, in order: nobody wants to learn of them one by one.
    """

    others: tuple[RuleFileError, ...] = ()

    def __init__(
        self, code: str, *, file: str, line: int | None = None, key: str | None = None, **values: object
    ) -> None:
        super().__init__(code, **values)
        self.file = file
        self.line = line
        self.key = key

    def __str__(self) -> str:
        where = self.file if self.line is None else f"{self.file}:{self.line}"
        key = f" {self.key}:" if self.key else ""
        return one_line(f"{where}:{key} {super().__str__()}")


def together(faults: Iterable[RuleFileError]) -> RuleFileError:
    """The first of these faults by file and line, with the others in it; each once."""
    every = [one for fault in faults for one in (fault, *fault.others)]
    every.sort(key=lambda f: (f.file, f.line or 0, f.key or ""))
    once: dict[tuple[object, ...], RuleFileError] = {}
    for one in every:
        once.setdefault((one.file, one.line, one.key, one.code, *map(str, one.values.values())), one)
    first, *rest = once.values()
    first.others = tuple(rest)
    for one in rest:
        one.others = ()
    return first


class ExpressionError(RuleFileError):
    """A formula that is not in the language. ``column`` counts from 1 inside the formula."""

    def __init__(
        self,
        code: str,
        *,
        file: str = "",
        line: int | None = None,
        key: str | None = None,
        column: int | None = None,
        **values: object,
    ) -> None:
        super().__init__(code, file=file, line=line, key=key, **values)
        if column is not None:
            self.values["column"] = column
        self.column = column


class ReturnError(CommunityCheckError):
    """A file that cannot be read as a return. ``path`` is as the user gave it; ``sheet`` where one is meant."""

    def __init__(self, code: str, *, path: str, sheet: str | None = None, **values: object) -> None:
        super().__init__(code, **values)
        self.path = path
        self.sheet = sheet

    def __str__(self) -> str:
        where = self.path if self.sheet is None else f"{self.path} [{self.sheet}]"
        return one_line(f"{where}: {super().__str__()}")


class QuestionError(ReturnError):
    """Two readings are possible and the tool does not guess; the message lists them.

    ``columns`` are the letters of the columns in question (numbers of rows in a transposed table).
    """

    def __init__(
        self, code: str, *, path: str, sheet: str | None = None, columns: tuple[str, ...] = (), **values: object
    ) -> None:
        super().__init__(code, path=path, sheet=sheet, **values)
        self.columns = columns


class NotMarkedError(ReturnError):
    """A return of which no marked-up copy can be made without losing something."""


class WriteError(CommunityCheckError):
    """A report that could not be written; nothing was left half done."""
