"""Faults of the machine are told as what they are, and what fails in one file leaves the others written and named."""

from __future__ import annotations

import csv
import os
import shutil
import subprocess
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import docx
import openpyxl
import pytest
from msgspec.structs import replace

from communitycheck.check import check
from communitycheck.cli.run import run
from communitycheck.products.markup.front import places
from communitycheck.reporting.formats.registry import Format
from paths import ROOT

pytestmark = pytest.mark.slow  # each starts processes of its own

HEADER = ["市", "县（区）", "社区名称", "社区类型", "综合服务设施面积"]
COMMAND = [sys.executable, "-m", "communitycheck"]
posix = pytest.mark.skipif(os.name != "posix", reason="links and limits of other systems")


def table(path: Path, *rows: tuple[str, str], many: int = 0) -> Path:
    """Communities with their counties."""
    path.parent.mkdir(parents=True, exist_ok=True)
    rows = (*rows, *((f"第{k}社区", "和平区") for k in range(many)))
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream).writerows([HEADER, *(["沈阳市", county, name, "城市社区", 39] for name, county in rows)])
    return path


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


# --- disks that are full, each a file system of its own


def _may_mount() -> bool:
    if shutil.which("unshare") is None:
        return False
    tried = ["unshare", "-rm", "sh", "-c", "mount -t tmpfs -o size=64k none /mnt"]
    return subprocess.run(tried, capture_output=True, check=False).returncode == 0


FULL = """
mount -t tmpfs -o size=1m none {full}
dd if=/dev/zero of={full}/fill bs=4k count={blocks} 2>/dev/null
exec "$@"
"""
# What is full, how many pages of 256 are taken, the command, and what it must say and write.
DISKS = {
    "temporary, an archive": ("tmp", 252, "check z.zip -q", "z.zip/a.xlsx: the folder for temporary files", []),
    "temporary, a workbook of ours": ("tmp", 252, "check b.csv -q -o r.xlsx -o r.json", "r.xlsx was not", ["r.json"]),
    "temporary, a marked text": ("tmp", 252, "check b.csv -q --mark-up m", "m/b.csv.xlsx was not written", []),
    "temporary, a large workbook": ("tmp", 250, "check large.xlsx -q", "large.xlsx: the folder for temporary", []),
    "the target, one of three": ("out", 252, "check b.csv -q -o out/r.xlsx -o r.json", "the disk is full", ["r.json"]),
    "the target of a marked copy": ("out", 252, "check b.csv -q --mark-up out", "full; out/b.csv.xlsx", []),
    "the target of one return": ("out", 250, "check a.csv b.csv -q --output-dir out --bundle xlsx,json", "full; ", []),
}


@pytest.fixture(scope="module")
def inputs(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("inputs")
    table(folder / "a.csv", ("甲社区", "和平区"))
    table(folder / "b.csv", many=3000)
    with zipfile.ZipFile(folder / "z.zip", "w") as archive:
        archive.write(ROOT / "sample_data" / "shenyang_2023.xlsx", "a.xlsx")
    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("社区")
    for row in [HEADER, *(["沈阳市", "和平区", f"第{k}社区", "城市社区", k % 500] for k in range(40_000))]:
        sheet.append(row)
    book.save(folder / "large.xlsx")
    return folder


@pytest.mark.skipif(not _may_mount(), reason="no file system of one's own may be mounted")
@pytest.mark.parametrize("what", DISKS)
def test_the_disk_that_is_full_is_named(what: str, inputs: Path, here: Path) -> None:
    full, blocks, words, said, written = DISKS[what]
    for folder in ("tmp", "out"):
        (here / folder).mkdir()
    for file in inputs.iterdir():
        (here / file.name).symlink_to(file)
    script = FULL.format(full=here / full, blocks=blocks)
    variables = {"TMPDIR": str(here / "tmp")} if full == "tmp" else {}
    done = subprocess.run(
        ["unshare", "-rm", "sh", "-c", script, "sh", *COMMAND, *words.split(), "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
        env={**os.environ, **variables},
    )
    assert done.returncode == 2 and said in done.stderr, done.stderr
    assert ("temporary" in done.stderr) == (full == "tmp")
    assert "damaged" not in done.stderr and "internal" not in done.stderr
    assert [name for name in written if not (here / name).is_file()] == []


@posix
@pytest.mark.parametrize("words", ["z.zip", "large.xlsx", "a.csv -o r.xlsx", "a.csv --mark-up m"])
def test_no_folder_at_all_for_temporary_files(words: str, inputs: Path, here: Path) -> None:
    """Where not even one byte can be written anywhere, Python says that a file is missing."""
    import resource

    for file in inputs.iterdir():
        (here / file.name).symlink_to(file)
    done = subprocess.run(
        [*COMMAND, "check", "-q", *words.split(), "--lang", "en"],
        capture_output=True,
        text=True,
        check=False,
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0)),
    )
    assert done.returncode == 2
    assert "no folder takes temporary files" in done.stderr
    assert "internal" not in done.stderr and "standard output" not in done.stderr


# --- limits of file formats and of names

LONG = {
    "a county of 230 characters": "长" * 230 + "县",
    "of 300 letters": "x" * 300 + "县",
    "beyond a cell of Excel": "村" * 33_000 + "县",
    "of signs beyond 16 bits": "😀" * 150 + "县",
    "of letters with accents apart": "e\u0301" * 200 + "县",
    "just what Word keeps": "长" * 240,
}


@pytest.mark.parametrize(
    "kinds", [[*LONG], *(pytest.param([one], marks=pytest.mark.slow) for one in LONG)], ids=lambda kinds: kinds[-1]
)
def test_a_name_that_is_long_ends_no_run(kinds: list[str], here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """All of them in one return; and each by itself."""
    table(here / "a.csv", *((f"甲{number}社区", LONG[kind]) for number, kind in enumerate(kinds)), ("乙社区", "和平区"))
    words = "check a.csv -q --split-by county --output-dir out --bundle xlsx,docx,html,csv,marked --lang zh"
    assert run(words.split()) == 1
    assert capsys.readouterr().err == ""
    made = [p for p in Path("out").rglob("*") if p.is_file()]
    assert max(len(os.fsencode(p.name)) for p in made) <= 240
    assert sum(p.suffix == ".docx" for p in made) == 2 + len(kinds)
    for place in made:
        if place.suffix == ".docx":
            assert len(docx.Document(str(place)).core_properties.title) <= 255
        elif place.suffix == ".xlsx":
            openpyxl.load_workbook(place)


@pytest.mark.parametrize("name", ["县" * 83 + ".csv", "x" * 251 + ".csv", "a." + "y" * 250, "b" * 255, "c.d." * 60])
def test_a_copy_gets_a_name_that_a_disk_takes(name: str, here: Path) -> None:
    table(here / "a.csv", ("甲社区", "和平区"))
    (one,) = check(here / "a.csv").returns
    (place,) = places([replace(one, path=name)], here / "out").values()
    assert len(os.fsencode(place.name)) <= 240 and place.name.endswith(".xlsx")


# --- links that lead to themselves, and few handles


@posix
@pytest.mark.parametrize(
    "words",
    [
        "check loop", "check @loop", "check loop/a.csv", "check folder/*.csv", "check a.csv -o loop/r.json",
        "check a.csv -o loop.json", "check a.csv --output-dir loop", "check a.csv --mark-up loop",
        "check a.csv --cache loop", "check a.csv --mapping loop", "check a.csv --standard loop.yaml",
        "check a.csv --rules-dir loop", "inspect loop", "inspect a.csv --save-mapping loop", "rules new loop/r.yaml",
        "rules lint loop", "template -s liaoning-2021 -o loop/t.xlsx", "demo loop", "rules docs --output-dir loop",
    ],
)  # fmt: skip
def test_a_link_that_leads_to_itself_is_one_line(words: str, here: Path, capsys: pytest.CaptureFixture[str]) -> None:
    table(here / "a.csv", ("甲社区", "和平区"))
    (here / "folder").mkdir()
    for name in ("loop", "loop.json", "loop.yaml", "folder/loop.csv"):
        (here / name).symlink_to(Path(name).name)
    assert run([*words.split(), "--lang", "en"]) == 2
    said = capsys.readouterr()
    text = said.out if words.startswith("rules lint") else said.err
    assert "loop" in text.splitlines()[0] and "internal" not in text and "Traceback" not in text
    assert said.err.count("\n") <= 1


@posix
@pytest.mark.parametrize("handles", [8, 10, 16, 40])
@pytest.mark.parametrize("words", ["check z.zip -q", "check a.csv -q -o r.xlsx -o r.docx -o r.json"])
def test_few_handles_are_told_as_such(handles: int, words: str, inputs: Path, here: Path) -> None:
    for file in inputs.iterdir():
        (here / file.name).symlink_to(file)

    def limit() -> None:
        import resource

        resource.setrlimit(resource.RLIMIT_NOFILE, (handles, handles))

    done = subprocess.run(
        [*COMMAND, *words.split(), "--lang", "en"], capture_output=True, text=True, check=False, preexec_fn=limit
    )
    assert done.returncode in (1, 2) and "internal" not in done.stderr and "Traceback" not in done.stderr
    assert done.returncode == 1 or "Too many open files" in done.stderr


# --- one fault, and the others written


@pytest.fixture
def faulty_json(monkeypatch: pytest.MonkeyPatch) -> None:
    """The format of .json fails as a program does."""
    render = Format.render

    def fail(self: Format, *arguments: object) -> object:
        if self.name != "json":
            return render(self, *arguments)  # type: ignore[arg-type]

        def content() -> Iterator[str]:
            yield "{"
            raise ValueError("a fault of ours")

        return content()

    monkeypatch.setattr(Format, "render", fail)


@pytest.mark.usefixtures("faulty_json")
@pytest.mark.parametrize(
    ("words", "files", "faults"),
    [
        ("-o r.md -o r.json -o r.csv", {"r.md", "r.csv"}, 1),
        ("--output-dir out --bundle json,csv", {"out/a.csv", "out/b.csv", "out/manifest.csv"}, 2),
        (
            "--split-by county --output-dir out --bundle json,md",
            {"out/report.md", "out/和平区/report.md", "out/大东区/report.md", "out/index.html", "out/index.csv"},
            3,
        ),
        ("-o r.json --mark-up out", {"out/a.csv.xlsx", "out/b.csv.xlsx"}, 1),
        ("-o r.json --output-dir out --bundle csv", {"out/a.csv", "out/b.csv", "out/manifest.csv"}, 1),
    ],
)
def test_what_fails_in_one_file_spares_the_others(
    words: str, files: set[str], faults: int, here: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    table(here / "in" / "a.csv", ("甲社区", "和平区"))
    table(here / "in" / "b.csv", ("乙社区", "大东区"))
    assert run(["check", "in", "-q", *words.split(), "--lang", "en"]) == 2
    err = capsys.readouterr().err
    errors = [line for line in err.splitlines() if line.startswith("error")]
    assert len(errors) == faults and all("a fault of ours" in line and ".json" in line for line in errors)
    made = {p.as_posix() for p in Path().rglob("*") if p.is_file() and not p.name.startswith(".")}
    assert made == files | {"in/a.csv", "in/b.csv"}
