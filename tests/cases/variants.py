"""Siblings of a case by seed: the same table in other words, places, orders and formats, with the answer carried along.

Each change keeps what a careful reader would say: a blank column on the left, a remark column full of words that mean
something elsewhere, numbers as text, a title above. The right answer is moved as the cells are.
"""

from __future__ import annotations

import copy
import random
import re
from collections.abc import Callable
from typing import Any

from cases.make import Rows, rows_of
from communitycheck.model.address import column_letter

Case = dict[str, Any]
REMARKS = (
    "全市",
    "合计",
    "本社区",
    "小计2处",
    "已核实",
    "见附件",
    "其中租赁",
    "总计",
    "—",
    "全区",
    "注：新建",
    "2021年建成",
    "无",
)
FORMATS = ("xlsx", "xlsxwriter", "xls", "ods", "csv")
SYLLABLES = "春夏秋冬梅兰竹菊松柏桃李杏梨枫桦莲荷葵蓉"


def sibling(case: Case, seed: int) -> Case:
    """The case under some of the changes that suit it, in a format that can hold it."""
    rng = random.Random(seed)
    one = copy.deepcopy(case)
    one["table"] = rows_of(one["table"]) if isinstance(one["table"], str) else one["table"]
    done = []
    for change in CHANGES:
        if rng.random() < 0.4 and change(one, rng):
            done.append(change.__name__.strip("_"))
    one["format"] = _format(one, rng)
    one["case"] = f"{case['case']} [{seed}: {', '.join([*done, one['format']])}]"
    one["file"] = f"return.{'xlsx' if one['format'] == 'xlsxwriter' else one['format']}"
    return one


def suits(case: Case) -> bool:
    """Whether rows and columns of the case can be moved about: one table that says which row is what."""
    right = case["right"]
    return "table" in case and "file" not in case and all("rows" in r for r in [right, *right.get("either", [])])


def _format(case: Case, rng: random.Random) -> str:
    can = [f for f in FORMATS if f != "csv" or not (case.get("merges") or case.get("hidden") or case.get("shows"))]
    return rng.choice(can)


def _rows(case: Case) -> Rows:
    found: Rows = case["table"]
    return found


def _width(case: Case) -> int:
    return max(len(row) for row in _rows(case))


def _move(case: Case, row: Callable[[int], int], column: Callable[[int], int]) -> None:
    """Addresses in the case after rows and columns (from 1) went elsewhere."""

    def cell(address: str) -> str:
        letters, number = re.fullmatch(r"([A-Z]+)(\d+)", address).groups()  # type: ignore[union-attr]
        return f"{column_letter(column(_number(letters)))}{row(int(number))}"

    def notice(text: str) -> str:
        text = re.sub(r"@([A-Z]+\d+)", lambda m: "@" + cell(m[1]), text)
        return re.sub(r"@(\d+)", lambda m: f"@{row(int(m[1]))}", text)

    case["merges"] = [":".join(cell(end) for end in merge.split(":")) for merge in case.get("merges", [])]
    case["shows"] = {cell(address): shown for address, shown in case.get("shows", {}).items()}
    case["hidden"] = [row(number) for number in case.get("hidden", [])]
    for right in [case["right"], *case["right"].get("either", [])]:
        for key in ("notices", "silent"):
            if key in right:
                right[key] = [notice(text) for text in right[key]]


def _number(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number


def _rights(case: Case) -> list[dict[str, Any]]:
    return [case["right"], *case["right"].get("either", [])]


def _blank_column_left(case: Case, rng: random.Random) -> bool:
    case["table"] = [[None, *row] for row in _rows(case)]
    _move(case, lambda r: r, lambda c: c + 1)
    return True


def _blank_rows_above(case: Case, rng: random.Random) -> bool:
    n = rng.randint(1, 3)
    case["table"] = [[None] for _ in range(n)] + _rows(case)
    _move(case, lambda r: r + n, lambda c: c)
    for right in _rights(case):
        right["rows"] = "." * n + right["rows"]
    return True


def _title_above(case: Case, rng: random.Random) -> bool:
    if not case["right"]["rows"].lstrip(".").startswith("H") or "as_of" in case["right"]:
        return False
    title = rng.choice(
        ("社区综合服务设施情况统计表", "基层情况一览表", "附件2：社区基本情况统计表", "表3 社区建设情况")
    )
    case["table"] = [[title], *_rows(case)]
    _move(case, lambda r: r + 1, lambda c: c)
    for right in _rights(case):
        right["rows"] = "T" + right["rows"]
    return True


def _remarks(case: Case, rng: random.Random) -> bool:
    """A column of remarks at the end, beside records alone: no word in it says anything about its row."""
    letters, width = case["right"]["rows"], _width(case)
    head = letters.find("H")
    if head < 0 or letters.count("H") > 1 or "?" in letters or any("备注" in map(str, row) for row in _rows(case)):
        return False
    table = [row + [None] * (width - len(row)) for row in _rows(case)]
    table = [[*row, None] for row in table]
    table[head][-1] = "备注"
    for i, row in enumerate(table):
        if (
            i < len(letters)
            and letters[i] == "R"
            and all(len(r["rows"]) > i and r["rows"][i] == "R" for r in _rights(case))
            and rng.random() < 0.6
        ):
            row[-1] = rng.choice(REMARKS)
    case["table"] = table
    return True


def _columns_in_another_order(case: Case, rng: random.Random) -> bool:
    """Columns behind the first that holds figures change places."""
    letters = case["right"]["rows"]
    if case.get("merges") or letters.count("H") != 1:
        return False
    width = _width(case)
    table = [row + [None] * (width - len(row)) for row in _rows(case)]
    records = [row for row, letter in zip(table, letters, strict=False) if letter == "R"]
    first = next((c for c in range(width) if any(isinstance(row[c], int | float) for row in records)), width)
    first = max(first, 1)
    if width - first < 2 or any(isinstance(row[0], int | float) for row in records):
        return False
    if any(
        any(row[c] is not None for c in range(first, width)) and letter in "TNUG?"
        for row, letter in zip(table, letters, strict=False)
    ):
        return False
    order = list(range(first, width))
    rng.shuffle(order)
    case["table"] = [row[:first] + [row[c] for c in order] for row in table]
    _move(case, lambda r: r, lambda c: c if c <= first else first + order.index(c - 1) + 1)
    return True


def _figures_as_text(case: Case, rng: random.Random) -> bool:
    """Figures written as text, as whole files of offices have them."""
    letters = case["right"]["rows"]
    for row, letter in zip(_rows(case), letters, strict=False):
        if letter in "RS":
            row[:] = [f"{value}" if isinstance(value, int | float) else value for value in row]
    return True


def _spaces_in_words(case: Case, rng: random.Random) -> bool:
    """Blanks inside the words of the header and around names."""
    for row, letter in zip(_rows(case), case["right"]["rows"], strict=False):
        for c, value in enumerate(row):
            if isinstance(value, str) and letter == "H" and rng.random() < 0.5 and value.isalpha():
                row[c] = rng.choice((" ", "　", "\n")).join((value[:2], value[2:])) if len(value) > 3 else f" {value} "
    return True


def _other_names(case: Case, rng: random.Random) -> bool:
    """Communities with other names, wherever they stand; only those that are made of a name and 社区."""
    names = {
        value
        for row in _rows(case)
        for value in row
        if isinstance(value, str) and re.fullmatch(r"[一-鿿]{1,3}社区", value)
    }
    kept = {"城市社区", "农村社区", "总部社区", "全福社区", "合家社区", "共和社区", "总计桥社区"} & names
    fresh: dict[str, str] = {}
    for name in sorted(names - kept):
        while (
            new := "".join(rng.choice(SYLLABLES) for _ in range(rng.randint(1, 3))) + "社区"
        ) in fresh.values() or new in names:
            pass
        fresh[name] = new
    case["table"] = [
        [fresh.get(value, value) if isinstance(value, str) else value for value in row] for row in _rows(case)
    ]
    for right in _rights(case):
        for key in ("names", "never"):
            if key in right:
                right[key] = [fresh.get(name, name) for name in right[key]]
        if isinstance(right.get("records"), dict):
            right["records"] = {fresh.get(name, name): held for name, held in right["records"].items()}
        if "outcomes" in right:
            right["outcomes"] = {
                rule: {fresh.get(n, n): o for n, o in held.items()} for rule, held in right["outcomes"].items()
            }
    return bool(fresh)


CHANGES: tuple[Callable[[Case, random.Random], bool], ...] = (
    _other_names,
    _figures_as_text,
    _spaces_in_words,
    _columns_in_another_order,
    _remarks,
    _title_above,
    _blank_rows_above,
    _blank_column_left,
)
