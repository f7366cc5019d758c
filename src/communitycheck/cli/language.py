"""Which language to speak: the option, else the environment's or the project's setting, else the locale."""

from __future__ import annotations

import os
import sys

from communitycheck.messages import Lang


def preferred(arguments: list[str], setting: object = None) -> Lang:
    """``--lang`` on the command line, else the settings, else the locale; needed before the command line is parsed,
    for the help. ``setting`` is what the settings file says."""
    for i, word in enumerate(arguments):
        if word.startswith("--lang="):
            return _known(word.partition("=")[2]) or _of_locale()
        if word == "--lang" and i + 1 < len(arguments):
            return _known(arguments[i + 1]) or _of_locale()
    stated = None if os.environ.get("COMMUNITYCHECK_LANG") else _known(str(setting))
    return stated or _of_locale()


def _known(word: str) -> Lang | None:
    return "zh" if word == "zh" else "en" if word == "en" else None


def _of_locale() -> Lang:
    for name in ("COMMUNITYCHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name, "")
        if value:
            return "zh" if value.lower().startswith("zh") else "en"
    if sys.platform == "win32":
        import locale

        return "zh" if (locale.getlocale()[0] or "").lower().startswith(("zh", "chinese")) else "en"
    return "en"
