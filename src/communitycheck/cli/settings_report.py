"""The settings that hold, as text and JSON."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from typing import Any

from communitycheck.cli.setting import Setting
from communitycheck.messages import Lang, say
from communitycheck.reporting.layout import GAP, pad, widths
from communitycheck.reporting.words.sanitise import one_line

SCHEMA = "communitycheck-settings/1"


def render_settings(
    settings: Iterable[Setting], preset: Mapping[str, Any], file: str, format_: str, lang: Lang
) -> str:
    """A line for each option: its value and where that comes from.

    Args:
        preset: what an option is where nothing is set. file: the settings file that holds; empty for none.
    """
    if format_ == "json":
        entries = [
            {"name": s.name, "value": _value(s, preset), "source": s.source, "where": s.where or None} for s in settings
        ]
        content = {"schema": SCHEMA, "file": file or None, "settings": entries}
        return json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    head = [say("config-file", lang, path=file) if file else say("config-no-file", lang), ""]
    table = [[say("column-option", lang), say("column-set-to", lang), say("column-source", lang)]]
    for s in settings:
        value = _value(s, preset)
        shown = say("none", lang) if value in (None, [], "") else _shown(value)
        source = say(f"source-{s.source}", lang, where=one_line(s.where))
        table.append([f"--{s.name}", one_line(shown), source])
    sizes = widths(table, [None] * 3, 10_000)
    lines = [GAP.join(pad(cell, size) for cell, size in zip(row, sizes, strict=True)).rstrip() for row in table]
    return "".join(f"{line}\n" for line in head + lines)


def _value(setting: Setting, preset: Mapping[str, Any]) -> Any:
    value = preset.get(setting.name) if setting.value is None else setting.value
    return list(value) if isinstance(value, tuple) else value


def _shown(value: Any) -> str:
    if isinstance(value, bool):
        return str(value).lower()
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
