"""The pages for users: which there are, in which languages, and what of a page is the same in each."""

from __future__ import annotations

import re
from pathlib import Path

from docs.fences import fences
from paths import ROOT

DOCS = ROOT / "docs"
CHINESE = ".zh-CN.md"
# For those who change the code, in English alone.
FOR_DEVELOPERS = {"architecture.md", "glossary.md"}
LINK = re.compile(r"(?<!!)\[[^]]*\]\(([^)#\s]*)(#[^)\s]*)?\)")
_FENCED = re.compile(r"^```.*?^```$", re.MULTILINE | re.DOTALL)
_HEADING = re.compile(r"^(#+) (.*)$", re.MULTILINE)
_REMARK = re.compile(r" *# .*")
_OPTION = re.compile(r"(?<=`)(?:[a-z]+ )*--?[a-z-]+")


def pairs() -> list[tuple[Path, Path]]:
    """Each page in English with the same in Chinese."""
    there = [ROOT / "README.md", *sorted(DOCS.rglob("*.md"))]
    english = [p for p in there if not p.name.endswith(CHINESE) and p.name not in FOR_DEVELOPERS]
    return [(p, p.with_name(p.stem + CHINESE)) for p in english]


def plain(text: str) -> str:
    """A page without its fences."""
    return _FENCED.sub("", text)


def shape(text: str) -> dict[str, object]:
    """What is the same in both languages: headings, lists and tables by their number, all that is typed, links."""
    prose = plain(text)
    links = {(target.replace(CHINESE, ".md"), bool(anchor)) for target, anchor in LINK.findall(prose)}
    return {
        "headings": [len(marks) for marks, _ in _HEADING.findall(prose)],
        "points": len(re.findall(r"^- ", prose, re.MULTILINE)),
        "rows": len(re.findall(r"^\|", prose, re.MULTILINE)),
        "fences": [(f.language, f.kind, f.path, _typed(f.language, f.kind, f.content)) for f in fences(text)],
        "links": sorted(links),
        "options": sorted(set(_OPTION.findall(prose))),
    }


def _typed(language: str, kind: str, content: str) -> str:
    """What of a fence does not hang on the language of the reader."""
    if kind:
        return content
    if language == "console":
        commands = [line for line in content.splitlines() if line.startswith("$ ")]
        return "\n".join(commands).replace("--lang zh", "--lang en")
    return _REMARK.sub("", content)


def anchors(text: str) -> set[str]:
    """The anchors of a page's headings, as GitHub makes them."""
    return {
        "#" + re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for _, heading in _HEADING.findall(plain(text))
    }
