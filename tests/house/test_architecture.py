"""docs/architecture.md tells the truth: its map is the real imports, its paths exist, its worked examples work."""

from __future__ import annotations

import ast
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import communitycheck
from paths import ROOT

PACKAGE = ROOT / "src" / "communitycheck"
PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
GROUND = {"model", "errors", "messages", "nearest", "own_list", "packed", "patterns", "printable"}
GROUND |= {"version", "resources", "system"}


def _imports(path: Path) -> Iterator[str]:
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
        elif isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)


def _room(name: str) -> str | None:
    """``communitycheck.returns.files.open`` -> ``returns``; None for what is not a room."""
    parts = name.split(".")
    if parts[0] != "communitycheck" or len(parts) < 2:
        return None
    room = parts[1]
    return room if (PACKAGE / room).is_dir() or (PACKAGE / f"{room}.py").exists() else None


def _real_arrows() -> set[tuple[str, str]]:
    found = set()
    for path in PACKAGE.rglob("*.py"):
        inside = path.relative_to(PACKAGE)
        source = inside.parts[0].removesuffix(".py")
        if source.startswith("__"):
            continue
        found |= {(source, room) for name in _imports(path) if (room := _room(name)) and room != source}
    return found


def _drawn_arrows() -> set[tuple[str, str]]:
    map_ = re.search(r"```mermaid\n(.*?)```", PAGE, re.DOTALL)
    assert map_
    return set(re.findall(r"^ *(\w+) --> (\w+)$", map_[1], re.MULTILINE))


def test_the_map_is_the_imports() -> None:
    """Arrows between rooms are drawn exactly; those to the ground that all stand on are left out."""
    real = {(a, b) for a, b in _real_arrows() if b not in GROUND}
    assert _drawn_arrows() == real


def test_every_path_on_the_pages_exists() -> None:
    for page in ("architecture.md", "glossary.md"):
        text = (ROOT / "docs" / page).read_text(encoding="utf-8")
        text = re.sub(r"```.*?```", "", text, flags=re.DOTALL)
        named = re.findall(r"`((?:[a-z_]+/)+(?:[a-z_]+\.(?:py|yaml|md|toml))?|[a-z_]+\.py)`", text)
        missing = [n for n in named if not any((base / n).exists() for base in (PACKAGE, ROOT))]
        assert len(named) > 20
        assert missing == []


# Worked examples: a section's blocks are carried out in a copy of the tree, in their order. A block with ``file=`` is a
# new file, or lines for the end of one that is there; one with ``diff=`` adds its ``+`` lines after the line before
# them; ``console`` holds commands with what they must print.
EXAMPLES = re.findall(r"^### (Add .+?)\n(.*?)(?=^## |^### |\Z)", PAGE, re.MULTILINE | re.DOTALL)
BLOCK = re.compile(r"^```(\w+)(?: (file|diff)=(\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)


def test_every_word_of_the_glossary_stands_once() -> None:
    text = (ROOT / "docs" / "glossary.md").read_text("utf-8")
    words = re.findall(r"^\| ([a-z][^|]*?) \|", text, re.MULTILINE)
    assert len(words) > 50
    assert [word for word in words if words.count(word) > 1] == []


def test_there_is_an_example_for_each_kind_of_addition() -> None:
    kinds = ("field", "comparison", "report format", "file format", "command", "standard")
    assert [title for title, _ in EXAMPLES] == [f"Add a {kind}" for kind in kinds]


@pytest.mark.slow
@pytest.mark.parametrize(("title", "text"), EXAMPLES, ids=[title for title, _ in EXAMPLES])
def test_a_worked_example_works(title: str, text: str, tmp_path: Path) -> None:
    for name in ("rules", "sample_data"):
        shutil.copytree(ROOT / name, tmp_path / name)
    # The package as it was loaded, with its bytecode: an installed one has that, and need not be compiled six times.
    loaded = Path(communitycheck.__file__).parent
    shutil.copytree(loaded, tmp_path / "src" / loaded.name, ignore=shutil.ignore_patterns("_data"))
    ran = 0
    for language, kind, path, content in BLOCK.findall(text):
        if kind == "file":
            target = tmp_path / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_text((target.read_text("utf-8") if target.exists() else "") + content, encoding="utf-8")
        elif kind == "diff":
            _add_lines(tmp_path / path, content)
        elif language == "console":
            ran += 1
            _run(content, tmp_path)
    assert ran


def _add_lines(path: Path, hunk: str) -> None:
    """Put the ``+`` lines of ``hunk`` after the only place where the lines before them stand."""
    text = path.read_text(encoding="utf-8")
    lines = hunk.splitlines(keepends=True)
    before = "\n" + "".join(line[1:] for line in lines if not line.startswith("+"))
    assert ("\n" + text).count(before) == 1, f"{path.name}: {before!r} stands {text.count(before)} times"
    added = "".join(line[1:] for line in lines if line.startswith("+"))
    path.write_text(("\n" + text).replace(before, before + added)[1:], encoding="utf-8")


def _run(session: str, folder: Path) -> None:
    """Run the ``$`` lines; the lines beneath each must stand in what it prints."""
    command = ""
    printed = ""
    for line in session.splitlines():
        if line.startswith("$ "):
            command = line[2:]
            words = command.split()
            assert words[0] == "communitycheck"
            done = subprocess.run(
                [sys.executable, "-m", "communitycheck", *words[1:]],
                cwd=folder,
                env={**_environment(), "PYTHONPATH": str(folder / "src")},
                capture_output=True,
                text=True,
                encoding="utf-8",
                check=False,
            )
            printed = done.stdout + done.stderr
        elif line.strip() != "…":
            assert line.strip() in printed, f"{command}: {line.strip()!r} is not in\n{printed}"


def _environment() -> dict[str, str]:
    return {**os.environ, "COLUMNS": "120"}
