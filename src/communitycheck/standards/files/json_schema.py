"""The published JSON Schemas of the YAML files that people write, made from their shapes.

``tools/schemas.py`` writes them anew into ``schemas/``. A rule file that starts
with ``# yaml-language-server: $schema=<path or address of standard-1.json>`` is completed and checked by editors.
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue

from communitycheck.messages.rule_keys import KEYS
from communitycheck.model.comparison import COMPARISONS
from communitycheck.standards.files import assessment_shapes, rename_shapes, shape_parts, waiver_shapes
from communitycheck.standards.files.cost_shapes import CostsIn
from communitycheck.standards.files.rename_shapes import RenamesIn
from communitycheck.standards.files.schema import CaseFileIn, DictionaryIn, ReformIn, StandardIn
from communitycheck.standards.files.waiver_shapes import WaiversIn

FOLDER = Path(__file__).parent / "schemas"
SCHEMAS: dict[str, type[BaseModel]] = {
    "standard-1": StandardIn,
    "dictionary-1": DictionaryIn,
    "cases-1": CaseFileIn,
    "waivers-1": WaiversIn,
    "renames-1": RenamesIn,
    "costs-1": CostsIn,
    "reform-1": ReformIn,
}
# Python's \w knows Chinese letters and an editor's does not, so names are described by what they may not hold.
_PATTERNS = {
    r"^[^\W_][\w.-]*$": r"^[^\s!-/:-@\[-`{-~][^\s!-,/:-@\[-^`{-~]*$",
    r"^[^\W\d]\w*$": r"^[^\s\d!-/:-@\[-^`{-~][^\s!-/:-@\[-^`{-~]*$",
}


class _Generator(GenerateJsonSchema):
    """What a person may write, before the shapes' own converters tidy it."""

    def function_before_schema(self, schema: Any) -> JsonSchemaValue:
        inner = self.generate_inner(schema["schema"])
        match schema["function"]["function"]:
            case shape_parts.bilingual | shape_parts.listed as function:
                plain: JsonSchemaValue = {"type": "string"}
                if function is shape_parts.listed and "items" in inner:
                    plain = dict(inner["items"])
                return {"anyOf": [plain, inner]}
            case assessment_shapes.one_or_more:
                return {"anyOf": [inner["items"], inner]}
            case shape_parts.number_or_text:
                return {"type": ["number", "string"]}
            case shape_parts.digits if "pattern" in inner:
                return {"anyOf": [inner, {"type": "integer", "minimum": 100000, "maximum": 999999}]}
            case shape_parts.digits:
                return {"type": ["string", "integer"]}
            case waiver_shapes.joined:
                parts: JsonSchemaValue = {"type": "array", "items": {"type": "string"}, "minItems": 1}
                return {"anyOf": [{"type": ["string", "integer"]}, parts]}
            case rename_shapes.named_or_listed:
                one: JsonSchemaValue = {"anyOf": [{"type": ["string", "integer"]}, inner["items"]]}
                return {"anyOf": [*one["anyOf"], {"type": "array", "items": one, "minItems": 1}]}
            case _:
                return inner


def json_schema(name: str) -> dict[str, Any]:
    """The schema ``standard-1`` or ``dictionary-1`` as plain data."""
    shape = SCHEMAS[name]
    made = shape.model_json_schema(by_alias=True, schema_generator=_Generator)
    definitions = made.pop("$defs", {})
    _describe(shape.__name__, made)
    for title, definition in definitions.items():
        _describe(title, definition)
    tidy: dict[str, Any] = _tidy({**made, "$defs": definitions})
    return {"$schema": "https://json-schema.org/draft/2020-12/schema", "$id": f"communitycheck/{name}.json", **tidy}


def _describe(shape: str, definition: dict[str, Any]) -> None:
    definition["description"] = _both(shape)
    for key, entry in definition.get("properties", {}).items():
        home = "RuleBody" if shape == "RuleIn" and f"RuleIn.{key}" not in KEYS else shape
        text = _both(f"{home}.{key}")
        # Beside a $ref a description is read by draft 2020-12 alone; older editors want it outside.
        if "$ref" in entry:
            entry["allOf"] = [{"$ref": entry.pop("$ref")}]
        entry["description"] = text


def _both(name: str) -> str:
    shape, _, key = name.partition(".")
    if shape in ("RuleBody", "ScoreItemIn") and key in COMPARISONS:
        text = COMPARISONS[key].help
        return f"{text.en}\n\n{text.zh}"
    zh, en = KEYS[name]
    return f"{en}\n\n{zh}"


def _tidy(value: Any) -> Any:
    """Without pydantic's titles and empty defaults, and with patterns that editors understand."""
    if isinstance(value, list):
        return [_tidy(v) for v in value]
    if not isinstance(value, dict):
        return value
    out: dict[str, Any] = {}
    for key, inner in value.items():
        if key == "title" and isinstance(inner, str):
            continue
        if key == "default" and inner in (None, "", [], {}, {"zh": "", "en": ""}, {"from": None, "to": None}):
            continue
        out[key] = _PATTERNS.get(inner, inner) if key == "pattern" and isinstance(inner, str) else _tidy(inner)
    # Keys of a mapping are written one way that every validator knows.
    patterns = out.pop("patternProperties", None)
    if patterns and len(patterns) == 1:
        ((pattern, inner),) = patterns.items()
        out["propertyNames"] = {"pattern": _PATTERNS.get(pattern, pattern), "maxLength": 80}
        out["additionalProperties"] = inner
    return out


def text_of(name: str) -> str:
    """The schema as it is published."""
    return json.dumps(json_schema(name), ensure_ascii=False, indent=2, sort_keys=False) + "\n"


def write_schemas() -> None:
    FOLDER.mkdir(exist_ok=True)
    for name in SCHEMAS:
        (FOLDER / f"{name}.json").write_text(text_of(name), encoding="utf-8", newline="\n")
