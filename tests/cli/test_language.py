"""Which language is spoken, by what is asked, set and usual on the machine."""

from __future__ import annotations

import pytest

from communitycheck.cli.language import preferred

NAMES = ("COMMUNITYCHECK_LANG", "LC_ALL", "LC_MESSAGES", "LANG")
# The command line, the settings file's word, the environment, and the language.
CASES: list[tuple[str, object, dict[str, str], str]] = [
    ("check a.csv", None, {}, "en"),
    ("check a.csv", None, {"LANG": "zh_CN.UTF-8"}, "zh"),
    ("check a.csv", None, {"LANG": "ZH_TW.UTF-8"}, "zh"),
    ("check a.csv", None, {"LANG": "C.UTF-8"}, "en"),
    ("check a.csv", None, {"LANG": "zh_CN.UTF-8", "LC_ALL": "C"}, "en"),
    ("check a.csv", None, {"LANG": "zh_CN.UTF-8", "LC_ALL": ""}, "zh"),
    ("check a.csv", None, {"LANG": "en_GB.UTF-8", "LC_MESSAGES": "zh_CN.UTF-8"}, "zh"),
    ("check a.csv", "zh", {"LANG": "en_GB.UTF-8"}, "zh"),
    ("check a.csv", "en", {"LANG": "zh_CN.UTF-8"}, "en"),
    ("check a.csv", "zh", {"COMMUNITYCHECK_LANG": "en", "LANG": "zh_CN.UTF-8"}, "en"),
    ("check a.csv", "en", {"COMMUNITYCHECK_LANG": "zh"}, "zh"),
    ("check a.csv", "français", {"LANG": "zh_CN.UTF-8"}, "zh"),
    ("check a.csv --lang zh", "en", {"COMMUNITYCHECK_LANG": "en"}, "zh"),
    ("--lang=en check a.csv", "zh", {"COMMUNITYCHECK_LANG": "zh"}, "en"),
    # A word that is neither is refused later; until then the machine's own language tells so.
    ("check a.csv --lang fr", "en", {"LANG": "zh_CN.UTF-8"}, "zh"),
    ("check a.csv --lang", None, {"LANG": "zh_CN.UTF-8"}, "zh"),
]


@pytest.mark.parametrize(("line", "setting", "environment", "expected"), CASES)
def test_language(
    line: str, setting: object, environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in NAMES:
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert preferred(line.split(), setting) == expected
