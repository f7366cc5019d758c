"""Make the pictures of the documentation anew: the report on a terminal and as a page, in both languages.

Needs Chromium and a font with Chinese characters (Debian: chromium, fonts-noto-cjk)::

    python tools/pictures.py [--only terminal]

To look at everything after a change, in a folder of your own (LibreOffice puts the files of Office on paper, poppler
makes pictures of it; Debian: libreoffice, poppler-utils)::

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
LANGUAGES = ("en", "zh")
SCREENS = (80, 100, 140)
DARK = TerminalTheme(
    (24, 26, 31),
    (214, 218, 224),
    [
        *((24, 26, 31), (240, 113, 120), (126, 199, 125), (229, 192, 123)),
        *((130, 170, 255), (199, 146, 234), (137, 221, 255), (214, 218, 224)),
    ],
    None,
)
# What the terminals of Windows and macOS show on white.
LIGHT = TerminalTheme(
    (255, 255, 255),
    (30, 30, 30),
    [
        *((30, 30, 30), (194, 54, 33), (37, 138, 36), (153, 120, 0)),
        *((0, 55, 218), (136, 23, 152), (58, 126, 150), (110, 110, 110)),
    ],
    None,
)
# Lines and signs that a terminal shows as wide as a letter, and the font of Chinese twice so.
PAGE = """<!doctype html><meta charset="utf-8"><style>
@font-face {{ font-family: Narrow; src: local("DejaVu Sans Mono"); size-adjust: 83.05%;
unicode-range: U+B7, U+2026, U+2264-2265, U+2500-257F; }}
body {{ margin: 0; background: {back}; }}
pre {{ margin: 0; padding: 18px 22px; font: 14px/1.45 Narrow, "Noto Sans Mono CJK SC", monospace; color: {front}; }}
</style><pre>{content}</pre>"""
# A frame is as narrow as it likes; the window of a desktop is not.
FRAME = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; overflow: hidden; }}
iframe {{ border: 0; width: {width}px; height: {tall}px; margin-top: -{top}px; }}
</style><iframe src="{page}"></iframe>"""
# A small return of the kind that asks for a look: bounds, words for figures, blanks, a total that is none, a planned
# hall, a line that nobody can read.
MESSY = """沈阳市铁西区社区综合服务设施情况统计表,,,,,,
填报单位：铁西区民政局,,,单位：平方米,,,
序号,街道,社区名称,社区类型,户数,常住人口,综合服务设施面积（㎡）,备注
1,兴华街道,永善社区,城市社区,1850,4600,620,
2,兴华街道,应昌社区,城市社区,约1900,4800,600余,
3,兴华街道,齐贤社区,城市社区,2100,,300-400,
4,兴工街道,爱工社区,城市社区,1700,4100,,
5,兴工街道,景星社区,城市社区,1650,4000,待核实,
6,兴工街道,贵和社区,城市社区,1600,3900,760,在建，年底交付
7,大青中朝友谊街道,四方台村,农村社区,520,1500,近400,
8,大青中朝友谊街道,大兀拉村,农村社区,480,1300,349,
兴工三楼那间另算,,,,,,88,
合计,,,,11800,28200,3500,
"""


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
        for lang in LANGUAGES:
            if only != "report":
                shown = _run(SAMPLE, lang, COLUMNS).splitlines()[:LINES]
                _terminal([f"$ communitycheck check {SAMPLE}", *shown], DARK, folder / f"terminal.{lang}.png", 960)
            if only != "terminal":
                page = Path(scratch) / "report.html"
                _run(SAMPLE, lang, COLUMNS, "--quiet", "-o", str(page))
                _shoot(page, folder / f"report.{lang}.png", 1280, 900)


def _everything(folder: Path) -> None:
    """Every kind of report of three returns, a folder for each return and language."""
    folder.mkdir(parents=True, exist_ok=True)
    messy = folder / "messy.csv"
    messy.write_text(MESSY, encoding="utf-8")
    samples = {"panzhihua": SAMPLE, "shenyang": "sample_data/shenyang_2023.xlsx", "messy": str(messy)}
    for name, sample in samples.items():
        for lang in LANGUAGES:
            own = folder / f"{name}.{lang}"
            own.mkdir(exist_ok=True)
            _terminals(sample, lang, own)
            _documents(sample, lang, own, split="street" if name == "messy" else "county")
            print(own)


def _terminals(sample: str, lang: str, folder: Path) -> None:
    """The terminal at three widths, light and dark; with ``--details``; as text where no colours are wanted."""
    for columns in SCREENS:
        lines = _run(sample, lang, columns).splitlines()
        for theme, name in ((DARK, "dark"), (LIGHT, "light")):
            _terminal(lines, theme, folder / f"terminal-{columns}-{name}.png", 60 + columns * 8)
    long = _run(sample, lang, 100, "--details").splitlines()
    _terminal(long, LIGHT, folder / "terminal-details.png", 60 + 100 * 8)
    for name, environment in (("no-colour", {"NO_COLOR": "1"}), ("piped", {"FORCE_COLOR": ""})):
        text = _run(sample, lang, 100, environment=environment)
        (folder / f"{name}.txt").write_text(text, encoding="utf-8")


def _documents(sample: str, lang: str, folder: Path, split: str) -> None:
    """The page wide, dark, narrow and on paper; workbook, circular and marked copy on paper; the index of a split."""
    page, marked, parts = folder / "report.html", folder / "marked", folder / "split"
    shutil.rmtree(marked, ignore_errors=True)
    shutil.rmtree(parts, ignore_errors=True)
    files = (page, folder / "report.xlsx", folder / "circular.docx")
    outputs = [word for file in files for word in ("-o", str(file))]
    _run(sample, lang, COLUMNS, "--quiet", *outputs, "--mark-up", str(marked))
    _run(sample, lang, COLUMNS, "--quiet", "--split-by", split, "--output-dir", str(parts))
    dark = folder / "dark.html"
    text = page.read_text(encoding="utf-8")
    dark.write_text(text.replace("<html ", '<html data-theme="dark" ', 1), encoding="utf-8")
    for name, shown, width in (("wide", page, 1280), ("dark", dark, 1280), ("narrow", page, 390)):
        for number in range(3):
            _framed(shown, folder / f"{name}-{number + 1}.png", width, 1500, top=1500 * number)
    _framed(parts / "index.html", folder / "index.png", 1280, 1500)
    paper = folder / "paper.pdf"
    _browse(page, "--no-pdf-header-footer", f"--print-to-pdf={paper}")
    _pages(paper)
    office = shutil.which("soffice") or shutil.which("libreoffice")
    # The circular that goes to a region of the split is shown as well: its reader is another.
    letters = sorted(parts.rglob("*.docx"))[:2]
    for file in (*files[1:], *sorted(marked.glob("*.xlsx"))[:1], *letters) if office else ():
        target = folder / "paper" / file.parent.relative_to(folder)
        target.mkdir(parents=True, exist_ok=True)
        command = [office or "", "--headless", "--convert-to", "pdf", "--outdir", str(target), str(file)]
        subprocess.run(command, check=True, capture_output=True)
        _pages(target / f"{file.stem}.pdf")


def _pages(paper: Path, most: int = 12) -> None:
    """A picture of each page of a PDF, where poppler is there to draw it."""
    draw = shutil.which("pdftoppm")
    if draw is not None:
        command = [draw, "-png", "-r", "70", "-l", str(most), str(paper), str(paper.with_suffix(""))]
        subprocess.run(command, check=True)


def _terminal(lines: list[str], theme: TerminalTheme, picture: Path, width: int) -> None:
    """The lines as a terminal of that theme shows them."""
    console = Console(record=True, file=io.StringIO(), width=2 * width)
    for line in lines:
        console.print(Text.from_ansi(line), soft_wrap=True)
    content = console.export_html(theme=theme, inline_styles=True, code_format="{code}")
    with tempfile.TemporaryDirectory() as scratch:
        page = Path(scratch) / "terminal.html"
        back, front = theme.background_color.hex, theme.foreground_color.hex
        page.write_text(PAGE.format(content=content, back=back, front=front), encoding="utf-8")
        _shoot(page, picture, width, 46 + round((len(lines) + 1) * 20.3))


def _run(sample: str, lang: str, columns: int, *more: str, environment: dict[str, str] | None = None) -> str:
    """What the check prints; in colours unless the environment says otherwise."""
    command = [sys.executable, "-m", "communitycheck", "check", sample, "--lang", lang, *more]
    own = {**os.environ, "FORCE_COLOR": "1", "COLUMNS": str(columns), **(environment or {})}
    own = {name: value for name, value in own.items() if value}
    done = subprocess.run(command, cwd=ROOT, env=own, capture_output=True, encoding="utf-8", check=False)
    if done.returncode not in (0, 1, 3):
        sys.exit(done.stderr)
    return done.stdout


def _framed(page: Path, picture: Path, width: int, height: int, top: int = 0) -> None:
    """The part of a page that begins so many pixels below its top, as wide as asked for."""
    with tempfile.TemporaryDirectory() as scratch:
        frame = Path(scratch) / "frame.html"
        frame.write_text(FRAME.format(page=page.as_uri(), width=width, tall=top + height, top=top), encoding="utf-8")
        _shoot(frame, picture, width, height)


def _shoot(page: Path, picture: Path, width: int, height: int) -> None:
    _browse(page, "--hide-scrollbars", f"--window-size={width},{height}", f"--screenshot={picture}")


def _browse(page: Path, *options: str) -> None:
    browser = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium to take pictures with")
    command = [browser, "--headless", "--no-sandbox", *options, page.as_uri()]
    subprocess.run(command, check=True, capture_output=True)


if __name__ == "__main__":
    main()
