"""Make the pictures of the documentation anew: the report on a terminal and as a page, in both languages.

Needs Chromium and a font with Chinese characters (Debian: chromium, fonts-noto-cjk)::

    python tools/pictures.py [--only terminal]

To look at everything after a change, in a folder of your own (LibreOffice prints the files of Office, as PDF)::

    python tools/pictures.py --all FOLDER
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
    parser.add_argument("--all", metavar="FOLDER", help="pictures of every kind of report, for looking at")
    arguments = parser.parse_args()
    if arguments.all:
        _everything(Path(arguments.all).absolute())
        return
    only = arguments.only
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


def _everything(folder: Path) -> None:
    """The page wide, dark, narrow and on paper; the workbook, the circular and a marked copy on paper."""
    folder.mkdir(parents=True, exist_ok=True)
    for lang in ("en", "zh"):
        page, book = folder / f"report.{lang}.html", folder / f"report.{lang}.xlsx"
        letter = folder / f"circular.{lang}.docx"
        marked = folder / f"marked.{lang}"
        _run(lang, "--quiet", *("-o", str(page), "-o", str(book), "-o", str(letter)), "--mark-up", str(marked))
        dark = folder / f"dark.{lang}.html"
        text = page.read_text(encoding="utf-8")
        dark.write_text(text.replace("<html ", '<html data-theme="dark" ', 1), encoding="utf-8")
        _shoot(page, folder / f"wide.{lang}.png", 1280, 3600)
        _shoot(dark, folder / f"dark.{lang}.png", 1280, 3600)
        _shoot(page, folder / f"narrow.{lang}.png", 500, 3600)  # no window of a desktop is narrower
        _browse(page, "--no-pdf-header-footer", f"--print-to-pdf={folder / f'paper.{lang}.pdf'}")
        office = shutil.which("soffice") or shutil.which("libreoffice")
        for file in (book, letter, *sorted(marked.glob("*.xlsx"))) if office else ():
            subprocess.run(
                [office or "", "--headless", "--convert-to", "pdf", "--outdir", str(file.parent), str(file)],
                check=True,
                capture_output=True,
            )
            print(file.with_suffix(".pdf"))


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
    _browse(page, "--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={picture}")
    print(picture)


def _browse(page: Path, *options: str) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium to take pictures with")
    command = [browser, "--headless", "--no-sandbox", *options, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
