"""Files beside returns (waivers, renames, prices, drafts): the published schemas accept what loads, and a fault is told
with file, line and key before anything is judged."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from communitycheck.cli.run import run
from communitycheck.standards.files.json_schema import FOLDER

CASES: list[dict[str, Any]] = yaml.safe_load((Path(__file__).parent / "plan_files.yaml").read_text("utf-8"))
# How a command is asked that reads the file; there is no return, so whoever looks for one says so.
COMMANDS = {
    "waivers": ("check", "--waivers"),
    "renames": ("compare", "none.csv", "--renames"),
    "costs": ("gap", "--costs"),
    "reform": ("whatif", "--reform"),
}
# The schemas are of JSON, which has no days: an editor takes those of YAML for text.
_Loader = type("_Loader", (yaml.SafeLoader,), {"yaml_implicit_resolvers": {
    first: [(tag, match) for tag, match in some if not tag.endswith("timestamp")]
    for first, some in yaml.SafeLoader.yaml_implicit_resolvers.items()
}})  # fmt: skip


def written(case: dict[str, Any], folder: Path) -> Path:
    path = folder / f"{case['file']}.yaml"
    home = "override" if case["file"] == "reform" else case["file"]
    path.write_text(f"{home}:\n  {case.get('good') or case['bad']}\n", "utf-8")
    return path


def faults(case: dict[str, Any], path: Path) -> list[str]:
    schema = json.loads((FOLDER / f"{case['file']}-1.json").read_text("utf-8"))
    held = yaml.load(path.read_text("utf-8"), _Loader)
    return [error.message for error in Draft202012Validator(schema).iter_errors(held)]


def told(case: dict[str, Any], path: Path, capsys: pytest.CaptureFixture[str]) -> str:
    """What the command says on standard error, which ends with 2 in either case: there is no return."""
    command, *options = COMMANDS[case["file"]]
    assert run([command, "none.csv", *options, str(path), "--standard", "liaoning-2021", "--lang", "en"]) == 2
    output = capsys.readouterr()
    assert not output.out
    return output.err


def named(case: dict[str, Any]) -> str:
    return f"{case['file']}: {case['name']}"


@pytest.mark.parametrize("case", [one for one in CASES if "good" in one], ids=named)
def test_what_is_good_fits_and_loads(case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = written(case, tmp_path)
    assert faults(case, path) == []
    said = told(case, path, capsys)
    assert "none.csv" in said and path.name not in said


@pytest.mark.parametrize("case", [one for one in CASES if "bad" in one], ids=named)
def test_what_is_bad_is_refused_before_anything_is_judged(
    case: dict[str, Any], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = written(case, tmp_path)
    assert bool(faults(case, path)) is not case.get("beyond", False)
    said = told(case, path, capsys)
    assert "none.csv" not in said
    line = 1 if case["key"] == case["file"] and ":1" in said else 2
    assert f"{path.name}:{line} {case['key']}" in said, said
