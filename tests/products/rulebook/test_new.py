"""``rules new``: from options or from answers at a terminal; what it writes lints clean and passes its own cases."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from communitycheck.cli.run import run
from communitycheck.messages import LANGS, Lang

GIVEN = ["--title", "某市标准", "--document", "某文", "--issuer", "某局", "--date", "2024-03-01", "--region", "沈阳"]
RULES: dict[str, dict[str, Any]] = {
    "综合服务设施面积 不低于 400 平方米": {"indicator": "facility_area", "at_least": "400 平方米"},
    "facility_area >= 400 m2": {"indicator": "facility_area", "at_least": "400 m2"},
    "户数≤3000户": {"indicator": "households", "at_most": "3000户"},
    "服务窗口数 多于 3": {"indicator": "service_windows", "more_than": "3"},
    "registered_volunteers / population at least 13%": {
        "indicator": "registered_volunteers / population",
        "at_least": "13%",
    },
    "法律顾问": {"indicator": "legal_advisers", "is": True},
}
UNCLEAR = {
    "综合设施面积 >= 400 m2": "facility_area",
    "facility_area >= 400 furlongs": "furlongs",
    "facility_aera": "facility_area",
    "设施要够大": "facility_area >= 400 m2",
}


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The folder that a command is run in."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def sound(name: str) -> bool:
    return run(["rules", "lint", name, "--strict"]) == 0 and run(["rules", "test", f"cases/{name}"]) == 0


@pytest.mark.parametrize("example", RULES)
def test_a_rule_by_example(example: str, folder: Path) -> None:
    assert run(["rules", "new", "own.yaml", *GIVEN, "--rule", example]) == 0
    made = yaml.safe_load((folder / "own.yaml").read_text("utf-8"))
    assert (made["standard"], made["title"], made["source"]["issuer"]) == ("own", "某市标准", "某局")
    assert made["jurisdiction"]["code"] == "210100"
    (rule,) = made["rules"]
    assert {key: rule[key] for key in RULES[example]} == RULES[example]
    assert sound("own.yaml")


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("example", UNCLEAR)
def test_what_is_unclear(example: str, lang: Lang, folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "new", "own.yaml", "--rule", example, "--lang", lang]) == 2
    said = capsys.readouterr().err
    assert example.split()[0] in said
    assert (UNCLEAR[example] if lang == "en" else "") in said
    assert not (folder / "own.yaml").exists()


def test_the_examples_are_sound_and_nothing_is_replaced(folder: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["rules", "new", "own.yaml"]) == 0
    assert sound("own.yaml")
    cases = folder / "cases" / "own.yaml"
    cases.write_text(cases.read_text("utf-8") + "# mine\n", "utf-8")
    (folder / "own.yaml").unlink()
    assert run(["rules", "new", "own.yaml"]) == 2
    assert "cases" in capsys.readouterr().err
    assert not (folder / "own.yaml").exists()


def test_answers_at_a_terminal(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    answers = iter(["某市标准", "", "某局", "2024-03-01", "210100", "户数 至少 100"])
    for stream in (sys.stdin, sys.stdout):
        monkeypatch.setattr(stream, "isatty", lambda: True)
    monkeypatch.setattr("builtins.input", lambda shown="": next(answers))
    assert run(["rules", "new", "own.yaml"]) == 0
    made = yaml.safe_load((folder / "own.yaml").read_text("utf-8"))
    assert (made["source"]["document"], made["rules"][0]["indicator"]) == ("文件名称", "households")
    assert next(answers, None) is None
