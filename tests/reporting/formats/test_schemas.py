"""What the JSON formats print is what their published schemas say, key for key."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from msgspec.structs import replace

import communitycheck
from communitycheck.api import render
from communitycheck.messages import LANGS, Lang
from communitycheck.model.report import Gate, Report
from communitycheck.products.inspect.report import render_inspect

PACKAGE = Path(communitycheck.__file__).parent


def schema(name: str) -> dict[str, Any]:
    (path,) = PACKAGE.rglob(name)  # each lies beside the code that writes by it
    loaded: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    jsonschema.Draft202012Validator.check_schema(loaded)
    return loaded


def closed(node: Any) -> Any:
    """The schema with no key allowed beyond those it names."""
    if isinstance(node, dict):
        node = {key: closed(value) for key, value in node.items()}
        if "properties" in node:
            node["additionalProperties"] = False
    return [closed(item) for item in node] if isinstance(node, list) else node


@cache
def validator(name: str) -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(closed(schema(name)), format_checker=jsonschema.FormatChecker())


def check(text: str, name: str) -> Any:
    def refuse(word: str) -> None:
        raise AssertionError(f"{word} is no JSON")

    found = json.loads(text, parse_constant=refuse)
    assert [f"{list(e.path)}: {e.message}" for e in validator(name).iter_errors(found)] == []
    return found


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("every", [False, True])
def test_report(report: Report, lang: Lang, every: bool) -> None:
    found = check("".join(render(report, "json", lang, all_verdicts=every)), "report-1.json")
    assert list(found) == ["schema", "run", "summary", "rules", "groups", "verdicts", "notices", "unread"]


def test_empty_report(report: Report) -> None:
    empty = replace(report, returns=[], results=[], notices=[], unread=[], standards=[], gate=Gate("never"))
    assert check("".join(render(empty, "json", "zh")), "report-1.json")["summary"]["verdicts"] == 0
    for format in ("text", "csv", "markdown", "github", "junit", "sarif"):
        assert "".join(render(empty, format, "en"))


@pytest.mark.parametrize("lang", LANGS)
def test_inspect(report: Report, lang: Lang) -> None:
    found = check(
        "".join(render_inspect(report.returns, report.unread, report.notices, "json", lang)), "inspect-1.json"
    )
    assert found["returns"][0]["sheets"][0]["header_rows"] == [2, 3]


def test_values(report: Report) -> None:
    verdicts = json.loads("".join(render(report, "json", "zh", all_verdicts=True)))["verdicts"]

    def of(rule: str, i: int) -> Any:
        return [v for v in verdicts if v["rule"] == rule][i]

    assert of("LN-01", 1)["observed"] == 312.0
    assert of("LN-01", 5)["observed"] == 0.3
    assert of("LN-01", 8)["observed"] == [450.0, None]
    assert of("LN-01", 4)["causes"] == [{"field": "facility_area", "state": "blank", "cell": "B8"}]
    assert of("PZ-N58", 1)["observed"] == [7.0, 9.0]
    assert of("PZ-N40", 0)["observed"] is False and of("PZ-N40", 0)["required"] is True
    assert of("PZ-N70", 0)["required"] == [240.0, 360.0]
    assert of("PZ-N33", 1)["group"] == {"numerator": [30.0, 31.0], "denominator": 60.0, "blanks": 1}
    assert of("PZ-N33", 1)["lever"] == {"field": None, "add": 23.0, "unit": "items"}
    assert of("PZ-N02", 1)["shortfall"] == 0.0001
    assert of("LN-03", 1)["lever"] == {"field": "facility_area", "add": 138.0, "unit": "m2"}


def test_one_verdict_a_line_and_the_same_bytes_twice(report: Report) -> None:
    text = "".join(render(report, "json", "zh"))
    assert text == "".join(render(report, "json", "zh"))
    lines = [line.rstrip(",]") for line in text.splitlines() if line.startswith('{"rule":')]
    assert len(lines) == len(json.loads(text)["verdicts"])
    assert all(json.loads(line)["rule"] for line in lines)
