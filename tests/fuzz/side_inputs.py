"""What else than a workbook a person hands over, valid, and spoilt by seed: texts, archives, settings, mappings, rules,
case files, lists of paths and entries of a cache.

A spoilt one is ``wrong`` where a careful reader would not let it pass: a key that is misspelt or new, a table where one
value belongs. Those have to be said, whatever else may be taken in silence.
"""

from __future__ import annotations

import copy
import io
import json
import random
import re
import warnings
import zipfile
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from fuzz.mutate import spoilt_bytes
from paths import RULES

HEADER = "市,县（区）,社区名称,社区类型,户数（户）,综合服务设施面积（平方米）"
ROWS = [f"沈阳市,和平区,第{i}社区,城市社区,{900 + 31 * i},{280 + 40 * i}" for i in range(1, 9)]
TABLE = "\n".join([HEADER, *ROWS, ""])
RETURN = "a.csv"


@dataclass(frozen=True)
class Spoilt:
    """What was made: the files beside the return, the commands to run on them, and whether one must object."""

    files: dict[str, bytes]
    commands: list[list[str]]
    what: str
    wrong: bool = False


# --- values and keys of YAML and TOML

ODD: list[Any] = [
    *(None, True, False, 0, -1, 10**30, 1e308, float("inf"), float("nan")),
    *("", " ", "~", "=1+1", "９９", "１２ｍ", "0x1F", "二〇二三", "../../a", "::error::x"),
    *("\u202e反", "a\nb", "\x85", "\0", "x" * 70_000, "(" * 3000, "1 + " * 2000 + "1", "not " * 500 + "a"),
    *("2023-02-30", "9999-12-31", "1e400 m2", "-5 m2", "600 m2 m2", "20%%", "max()", "a and not", "1 / 0"),
    *([], {}, [[]], [None], {"a": None}, {"": 1}, [{"x": [1, {"y": 2}]}], ["a"] * 3000),
]
# Whose keys are names that the writer gives; one that nothing uses is no fault.
GIVEN_NAMES = {("parameters",), ("fields",)}
MISSPELT = ("{}s", "{}_", " {}", "x{}", "{}：", "{}{}")


def _spots(node: Any, at: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The way to every value below ``node``."""
    pairs = node.items() if isinstance(node, dict) else enumerate(node) if isinstance(node, list) else ()
    for key, below in pairs:
        yield (*at, key)
        yield from _spots(below, (*at, key))


def _parent(node: Any, spot: tuple[Any, ...]) -> Any:
    for key in spot[:-1]:
        node = node[key]
    return node


def changed(valid: Any, rng: random.Random) -> tuple[Any, str, bool]:
    """A copy with one thing changed, what it was, and whether it is wrong beyond doubt."""
    tree = copy.deepcopy(valid)
    spot = rng.choice(list(_spots(tree)))
    parent, key = _parent(tree, spot), spot[-1]
    where = ".".join(map(str, spot))
    kind = rng.randrange(5)
    if kind == 0 and isinstance(parent, dict):
        new = rng.choice(MISSPELT).format(key, key)
        pairs = [(new if k == key else k, v) for k, v in parent.items()]
        parent.clear()
        parent.update(pairs)
        return tree, f"{where} is called {new!r}", spot[:-1] not in GIVEN_NAMES
    if kind == 1 and isinstance(parent, dict):
        parent["extra_of_nobody"] = rng.choice([1, "x", None, [], {}])
        return tree, f"a key of nobody beside {where}", spot[:-1] not in GIVEN_NAMES
    if kind == 2:
        del parent[key]
        return tree, f"{where} is gone", False
    if kind == 3:
        places = list(_spots(tree))
        other = rng.choice(places)
        parent[key] = copy.deepcopy(_parent(tree, other)[other[-1]])
        return tree, f"{where} is {'.'.join(map(str, other))}", False
    was, odd = parent[key], rng.choice(ODD)
    parent[key] = odd
    wrong = not isinstance(was, dict | list) and isinstance(odd, dict) and bool(odd)
    return tree, f"{where} is {str(odd)[:60]!r}", wrong


def as_yaml(tree: Any) -> str:
    return yaml.safe_dump(tree, allow_unicode=True, sort_keys=False)


def as_toml(tree: dict[str, Any]) -> str:
    """Flat settings; what TOML lacks stands as the word that a person would try."""
    return "".join(f"{_toml_key(key)} = {_toml(value)}\n" for key, value in tree.items())


def _toml_key(key: Any) -> str:
    return key if re.fullmatch(r"[\w-]+", str(key), re.ASCII) else json.dumps(str(key))


def _toml(value: Any) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{_toml_key(k)} = {_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ", ".join(_toml(one) for one in value) + "]"
    if isinstance(value, float):
        return repr(value)
    return json.dumps(value)


YAML_TRICKS = [
    *("a: &a [x]\nb: *a\n", "!!python/object/apply:os.system ['true']\n", "%YAML 3.0\n---\n", "? [a]\n: b\n"),
    *("<<: {a: 1}\n", "--- a\n--- b\n", "\t- a\n", "{" * 2000, "- " * 3000 + "a\n", "a: |\n" + "  x\n" * 5000),
    *("\ufeff", "rules: 1\nrules: 2\n"),
]
SIGNS = "\"':[]{}&*!%@`|>,=\\\0\x85\u2028\r "
LINES = re.compile(r"[^\n]*\n?")


def changed_text(text: str, rng: random.Random) -> tuple[bytes, str]:
    """Lines and letters changed, moved and lost, as an editor or a bad transfer does."""
    for _ in range(rng.randint(1, 4)):
        lines = LINES.findall(text)
        at = rng.randrange(len(lines))
        match rng.randrange(7):
            case 0:
                lines.insert(at, rng.choice(lines))
            case 1:
                lines[at] = rng.choice(("  ", "\t", " ", "- ", "#")) + lines[at]
            case 2:
                lines[at] = lines[at].replace(rng.choice(lines[at] or " "), rng.choice(SIGNS))
            case 3:
                del lines[at]
            case 4:
                lines.insert(at, rng.choice(YAML_TRICKS))
            case 5:
                del lines[at:]
            case _:
                other = rng.randrange(len(lines))
                lines[at], lines[other] = lines[other], lines[at]
        text = "".join(lines) or "\n"
    encoding = rng.choice(["utf-8"] * 6 + ["utf-8-sig", "utf-16", "gb18030", "utf-32"])
    data = text.encode(encoding, "surrogatepass")
    if rng.random() < 0.3:
        return spoilt_bytes(data, rng, 2), f"bytes in {encoding}"
    return data, f"lines in {encoding}"


def _written(valid: Any, write: Callable[[Any], str], rng: random.Random) -> tuple[bytes, str, bool]:
    if rng.random() < 0.6:
        tree, what, wrong = changed(valid, rng)
        return write(tree).encode("utf-8", "surrogatepass"), what, wrong
    data, what = changed_text(write(valid), rng)
    return data, what, False


# --- the kinds

CHECK = ["check", RETURN, "--region", "210100", "--as-of", "2023-12-31", "--format", "json"]
BASE = {RETURN: TABLE.encode()}
SETTINGS = {
    "standard": ["liaoning-2021"],
    "region": "沈阳市",
    "as-of": "2023-12-31",
    "select": ["LN-*"],
    "ignore": ["LN-03"],
    "output": ["out.json", "out.csv"],
    "fail-on": "mandatory",
    "strict": False,
    "all-verdicts": True,
    "details": False,
    "jobs": 1,
    "cache": "kept",
    "lang": "en",
}
MAPPING = {
    "tables": [
        {
            "file": RETURN,
            "entity": "community",
            "header_rows": [1],
            "columns": {
                "A": {"header": "市", "field": "city"},
                "B": {"header": "县（区）", "field": "county"},
                "C": {"header": "社区名称", "field": "community"},
                "D": {"header": "社区类型", "field": "community_type"},
                "E": {"header": "户数（户）", "field": "households", "unit": "户"},
                "F": {"header": "综合服务设施面积（平方米）", "field": "facility_area", "unit": "m2"},
            },
        }
    ]
}


def settings(rng: random.Random) -> Spoilt:
    data, what, wrong = _written(SETTINGS, as_toml, rng)
    command = ["check", RETURN, "--format", "json"]
    return Spoilt({**BASE, "communitycheck.toml": data}, [command, ["config", "show"]], what, wrong)


def mapping(rng: random.Random) -> Spoilt:
    data, what, wrong = _written(MAPPING, as_yaml, rng)
    commands = [[*CHECK, "--mapping", "m.yaml"], ["inspect", RETURN, "--mapping", "m.yaml", "--save-mapping", "n.yaml"]]
    return Spoilt({**BASE, "m.yaml": data}, commands, what, wrong)


def _book(kind: str, rng: random.Random) -> tuple[str, Any]:
    file = rng.choice(sorted((RULES / kind).glob("*.yaml")))
    if kind == ".":
        file = rng.choice([one for one in sorted(RULES.glob("*.yaml")) if one.name != "dictionary.yaml"])
    return file.name, yaml.load(file.read_text("utf-8"), Loader=yaml.CSafeLoader)


def rules(rng: random.Random) -> Spoilt:
    """A standard of the tool's under another id, cut to a few rules so that much is tried in a short time."""
    _, tree = _book(".", rng)
    tree["standard"] = "own-2023"
    kept = tree.get("rules") or []
    tree["rules"] = rng.sample(kept, min(5, len(kept)))
    data, what, wrong = _written(tree, as_yaml, rng)
    commands = [["rules", "lint", "r.yaml", "--format", "json"], [*CHECK, "--standard", "r.yaml"]]
    return Spoilt({**BASE, "r.yaml": data}, commands, what, wrong)


def cases(rng: random.Random) -> Spoilt:
    _, tree = _book("cases", rng)
    tree["cases"] = rng.sample(tree["cases"], min(6, len(tree["cases"])))
    data, what, wrong = _written(tree, as_yaml, rng)
    return Spoilt({"c.yaml": data}, [["rules", "test", "c.yaml"]], what, wrong)


def lists(rng: random.Random) -> Spoilt:
    lines = [RETURN, "# returns", "", "b.csv", "b.csv", "*.csv"]
    odd = ["@list.txt", "@l.txt", "/dev/zero", "no.csv", "-q", "~", "\u202ea.csv", "x" * 5000, "a.csv\0"]
    odd += ["..", "[", "**/*", '"a.csv"']
    lines += rng.choices(odd, k=rng.randint(0, 3))
    rng.shuffle(lines)
    data, what = changed_text("\n".join(lines) + "\n", rng)
    files = {**BASE, "b.csv": TABLE.encode(), "list.txt": data}
    return Spoilt(files, [["check", "@list.txt", "--format", "json"]], what)


def text(rng: random.Random) -> Spoilt:
    """Tables in text and web pages, by lines, letters and bytes."""
    kind = rng.choice(["csv", "tsv", "txt", "html", "xml", "json"])
    content = TABLE
    if kind == "tsv":
        content = TABLE.replace(",", "\t")
    elif kind in ("html", "xml"):
        cells = "".join(f"<tr><td>{'</td><td>'.join(line.split(','))}</td></tr>\n" for line in TABLE.splitlines())
        content = f"<html><body><table>\n{cells}</table></body></html>\n"
    elif kind == "json":
        rows = [dict(zip(HEADER.split(","), row.split(","), strict=True)) for row in ROWS]
        content = json.dumps(rows, ensure_ascii=False)
    data, what = changed_text(content, rng)
    if rng.random() < 0.4:
        data = spoilt_bytes(data, rng, 3)
    words = ["check", f"t.{kind}", "--format", "json", "--region", "沈阳市"]
    return Spoilt({f"t.{kind}": data}, [words], f"{kind}, {what}")


NAMES = [
    *("a.csv", "乙.csv", "d/a.csv", "../a.csv", "/a.csv", "a.csv/b.csv", "C:\\a.csv", "a.csv ", "CON.csv", ".csv"),
    *("::error::a.csv", "\x1b[31ma.csv", "a\nb.csv", "\u202evsc.a", "x" * 300 + ".csv", "__MACOSX/._a.csv"),
    *("d/", "in.zip", "a.xlsx", "a.html", "a.txt"),
]


def archive(rng: random.Random) -> Spoilt:
    """Archives with odd names, archives in them and headers that lie."""
    what = []
    data = TABLE.encode()
    for depth in range(rng.choice((1, 1, 1, 2, 6))):
        sink = io.BytesIO()
        with warnings.catch_warnings(), zipfile.ZipFile(sink, "w", rng.choice((0, 8, 12, 14))) as packed:
            warnings.simplefilter("ignore")  # of names that stand twice
            for name in rng.choices(NAMES, k=rng.randint(1, 4)):
                member = name if not depth else f"in{depth}.zip"
                packed.writestr(member, data)
                what.append(repr(member[:20]))
        data = sink.getvalue()
        if rng.random() < 0.6:
            data = spoilt_bytes(data, rng, rng.randint(1, 3))
    return Spoilt({"z.zip": data}, [["check", "z.zip", "--format", "json"]], ", ".join(what))


KINDS: dict[str, Callable[[random.Random], Spoilt]] = {
    "text": text,
    "archive": archive,
    "settings": settings,
    "mapping": mapping,
    "rules": rules,
    "cases": cases,
    "list": lists,
}


def spoil_cache(folder: Path, rng: random.Random) -> str:
    """One entry of a cache spoilt in place."""
    entries = sorted(folder.glob("??/*.reading"))
    entry = rng.choice(entries)
    before = entry.read_bytes()
    data = rng.choice(entries).read_bytes() if rng.random() < 0.1 else spoilt_bytes(before, rng, rng.randint(1, 4))
    entry.write_bytes(data)
    return "as it was" if data == before else f"{len(data)} of {len(before)} bytes"
