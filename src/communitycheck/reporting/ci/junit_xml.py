"""A JUnit file: suites of tests, with what became of each.

The files keep to the XSD of Ant, which many servers hold them against: every suite has its properties and both its
outputs, in this order.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from typing import Literal
from xml.sax.saxutils import escape, quoteattr

from msgspec import Struct, field

from communitycheck.printable import one_line

State = Literal["passed", "failure", "error", "skipped"]


class JUnitCase(Struct, frozen=True):
    """One test.

    Attributes:
        type: of a failure or an error.
        lines: below it, who fails; made when it is written.
    """

    name: str
    classname: str
    state: State
    message: str = ""
    type: str = ""
    lines: Iterable[str] = ()


class JUnitSuite(Struct, frozen=True):
    """Tests that belong together, and what is said of all of them."""

    package: str
    title: str
    day: date
    cases: list[JUnitCase]
    properties: list[tuple[str, str]] = field(default_factory=list)
    said: list[str] = field(default_factory=list)


def suites_xml(suites: Iterable[JUnitSuite]) -> Iterator[str]:
    """The file in pieces."""
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<testsuites>\n'
    for number, one in enumerate(suites):
        yield from _suite(number, one)
    yield "</testsuites>\n"


def _suite(number: int, one: JUnitSuite) -> Iterator[str]:
    states = [case.state for case in one.cases]
    yield (
        f'<testsuite id="{number}" package={_quoted(one.package)} name={_quoted(one.title)} hostname="localhost"'
        f' timestamp="{one.day.isoformat()}T00:00:00" time="0" tests="{len(states)}"'
        f' failures="{states.count("failure")}" errors="{states.count("error")}"'
        f' skipped="{states.count("skipped")}">\n'
    )
    if one.properties:
        yield "<properties>\n"
        for name, value in one.properties:
            yield f"<property name={_quoted(name)} value={_quoted(value)}/>\n"
        yield "</properties>\n"
    else:
        yield "<properties/>\n"
    for case in one.cases:
        yield from _case(case)
    yield f"<system-out>{_text(chr(10).join(one.said))}</system-out>\n<system-err></system-err>\n</testsuite>\n"


def _case(one: JUnitCase) -> Iterator[str]:
    head = f'<testcase name={_quoted(one.name)} classname={_quoted(one.classname)} time="0"'
    if one.state == "passed":
        yield head + "/>\n"
    elif one.state == "skipped":
        yield f"{head}><skipped message={_quoted(one.message)}/></testcase>\n"
    else:
        yield f"{head}><{one.state} type={_quoted(one.type)} message={_quoted(one.message)}>"
        for text in one.lines:
            yield _text(text) + "\n"
        yield f"</{one.state}></testcase>\n"


def _quoted(text: str) -> str:
    return quoteattr(one_line(text))


def _text(text: str) -> str:
    return escape("\n".join(one_line(part) for part in text.split("\n")))
