"""Make the pictures of the documentation anew: the report on a terminal and as a page, in both languages.

Needs Chromium and a font with Chinese characters (Debian: chromium, fonts-noto-cjk)::

    python tools/pictures.py [--only terminal]
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from rich.console import Console
from rich.terminal_theme import TerminalTheme
from rich.text import Text

ROOT = Path(__file__).parent.parent
SAMPLE = "sample_data/panzhihua_2020.xlsx"
COLUMNS, LINES = 112, 44
THEME = TerminalTheme(
    (24, 26, 31),
    (214, 218, 224),
    [
        *((24, 26, 31), (240, 113, 120), (126, 199, 125), (229, 192, 123)),
        *((130, 170, 255), (199, 146, 234), (137, 221, 255), (214, 218, 224)),
    ],
    None,
)
PAGE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; background: #181a1f; }}
pre {{ margin: 0; padding: 18px 22px; font: 14px/1.45 "Noto Sans Mono CJK SC", monospace; color: #d6dae0; }}
</style><pre>{content}</pre>"""


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--only", choices=("terminal", "report"))
    only = parser.parse_args().only
    folder = ROOT / "docs" / "pictures"
    folder.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        for lang in ("en", "zh"):
            if only != "report":
                page = Path(scratch) / "terminal.html"
                page.write_text(PAGE.format(content=_terminal(lang)), encoding="utf-8")
                _shoot(page, folder / f"terminal.{lang}.png", 960, 46 + round((LINES + 1) * 20.3))
            if only != "terminal":
                page = Path(scratch) / "report.html"
                _run(lang, "--quiet", "-o", str(page))
                _shoot(page, folder / f"report.{lang}.png", 1280, 900)


def _terminal(lang: str) -> str:
    """The first lines of the report on a terminal, below the command, as HTML."""
    shown = f"$ communitycheck check {SAMPLE}\n" + _run(lang)
    console = Console(record=True, file=io.StringIO(), width=2 * COLUMNS)
    for line in shown.splitlines()[:LINES]:
        console.print(Text.from_ansi(line), soft_wrap=True)
    return console.export_html(theme=THEME, inline_styles=True, code_format="{code}")


def _run(lang: str, *more: str) -> str:
    command = [sys.executable, "-m", "communitycheck", "check", SAMPLE, "--lang", lang, *more]
    environment = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(COLUMNS)}
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1):
        sys.exit(done.stderr)
    return done.stdout


def _shoot(page: Path, picture: Path, width: int, height: int) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium to take pictures with")
    subprocess.run(
        [
            *(browser, "--headless", "--no-sandbox", "--hide-scrollbars"),
            *(f"--window-size={width},{height}", f"--screenshot={picture}", page.as_uri()),
        ],
        check=True,
        capture_output=True,
    )
    print(picture.relative_to(ROOT))


if __name__ == "__main__":
    main()
