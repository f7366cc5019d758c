"""``communitycheck config show``: every option's value and where it comes from."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from communitycheck.cli import settings
from communitycheck.cli.check import say_out
from communitycheck.cli.options import one_of
from communitycheck.messages import Lang


def run_config_show(program: Any, *, file: str | None, format_: str, lang: Lang) -> int:
    """Show the settings that hold here; ``program`` is the whole command line, ``file`` the one named on it."""
    from communitycheck.cli.settings_report import render_settings

    one_of("--format", format_, ("text", "json"))
    found = settings.config_file(["--config", file] if file else [], os.environ, Path.cwd())
    options = settings.options_of(program.commands["check"])
    values = settings.settings(options, found, settings.table_of(found), os.environ)
    presets = {parameter.name: parameter.default for parameter in program.commands["check"].params}
    preset = {name: presets[option.parameter] for name, option in options.items()}
    say_out(render_settings(values, preset, str(found) if found else "", format_, lang))
    return 0
