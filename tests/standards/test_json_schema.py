"""The published JSON Schemas: current, described, and true of every rule file that loads."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator
from pydantic import BaseModel

import communitycheck
from communitycheck.messages.rule_keys import KEYS
from communitycheck.model.comparison import COMPARISONS
from communitycheck.resources import data_dir
from communitycheck.standards.files import (
    assessment_shapes,
    cost_shapes,
    rename_shapes,
    schema,
    shape_parts,
    waiver_shapes,
)
from communitycheck.standards.files.json_schema import FOLDER, SCHEMAS, json_schema, text_of
from communitycheck.standards.files.yaml_file import read_yaml
from each import each

BAD = Path(__file__).parent / "bad"
STANDARDS = sorted(p for p in data_dir("rules").glob("*.yaml") if p.name != "dictionary.yaml")
REJECTED = [
    "rule-file-unknown-key",
    "rule-file-unknown-key-near",
    "rule-file-missing-key",
    "rule-file-choice",
    "rule-file-count",
    "rule-file-name",
    "rule-file-name-long",
    "rule-file-quote",
    "rule-file-region-code",
    "rule-file-threshold-truth",
    "rule-file-type",
    "date-as-number",
    "dated-value-misspelt",
    "rules-not-a-list",
    "not-a-mapping",
    "yaml-merge-key",
]


def _plain(value: Any) -> Any:
    """YAML's dates as an editor sees them."""
    if isinstance(value, dict):
        return {k: _plain(v) for k, v in value.items()}
    if isinstance(value, list):
        return [_plain(v) for v in value]
    return value.isoformat() if isinstance(value, date) else value


def _faults(name: str, path: Path) -> list[str]:
    validator = Draft202012Validator(json.loads((FOLDER / f"{name}.json").read_text("utf-8")))
    return [f"{list(e.absolute_path)}: {e.message}" for e in validator.iter_errors(_plain(read_yaml(path).data))]


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_published_schema_is_current(name: str) -> None:
    published = (FOLDER / f"{name}.json").read_text("utf-8")
    assert published == text_of(name), "run: python tools/schemas.py"
    Draft202012Validator.check_schema(json.loads(published))


@pytest.mark.parametrize("path", STANDARDS, ids=lambda p: p.stem)
def test_every_built_in_standard_fits(path: Path) -> None:
    assert _faults("standard-1", path) == []


def test_the_built_in_dictionary_fits() -> None:
    assert _faults("dictionary-1", data_dir("rules") / "dictionary.yaml") == []


@pytest.mark.parametrize("name", REJECTED)
def test_what_the_loader_refuses_by_shape_the_schema_refuses(name: str) -> None:
    assert _faults("standard-1", BAD / f"{name}.yaml")


@each("path", sorted(BAD.glob("lint-*.yaml")), ids=lambda p: p.stem)
def test_what_has_the_right_shape_fits(path: Path) -> None:
    assert bool(_faults("standard-1", path)) == (path.stem == "lint-parent-broken+parent")


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_key_is_described_in_both_languages(name: str) -> None:
    schema = json_schema(name)
    for definition in [schema, *schema["$defs"].values()]:
        for key, entry in definition["properties"].items():
            english, chinese = entry["description"].split("\n\n")
            assert english.isascii() and not chinese.isascii(), key


def test_no_description_is_left_over() -> None:
    known = set()
    for module in (schema, assessment_shapes, shape_parts, waiver_shapes, rename_shapes, cost_shapes):
        own = (one for one in vars(module).values() if isinstance(one, type) and one.__module__ == module.__name__)
        for shape in own:
            assert issubclass(shape, BaseModel)
            known |= {shape.__name__} | {f"{shape.__name__}.{f.alias or k}" for k, f in shape.model_fields.items()}
    assert set(KEYS) <= known


def test_the_schema_of_explanations_lists_every_comparison() -> None:
    (path,) = Path(communitycheck.__file__).parent.rglob("explain-1.json")
    threshold = json.loads(path.read_text("utf-8"))["$defs"]["threshold"]["properties"]
    assert threshold["comparison"]["enum"] == list(COMPARISONS), "run: python tools/schemas.py"
