"""Rule files with random mistakes: each is read, or refused with faults that can be said; never anything else."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from communitycheck.errors import CommunityCheckError, RuleFileError
from communitycheck.messages import LANGS, say
from communitycheck.resources import data_dir
from communitycheck.standards import RuleBook, load_rule_book
from communitycheck.standards.lint.run import lint

SOUND = (Path(__file__).parents[1] / "standards" / "wrong" / "base.yaml").read_text("utf-8")
BOOK = load_rule_book([data_dir("rules")])
PIECES = ["：", "，", "“", "\u00a0", "\u3000", "\u200b", "\t", "#", "&a ", "*a", "!!str ", "---\n", '"', "'", "[", "}",
          "- ", "|", "?", "%", "null", "NO", "1.10", "0x10", "12:30", "2023-13-01", "1e999", ".nan", "9" * 400, "\x00",
          "<<: ", "\r", "\n", "  "]  # fmt: skip
VALUES = ["{}", "[]", "[[]]", "{a: 1}", "[a, 1]", "[{a: b}]", "5", "true", "2020-01-01", '""', "[null]", "sum(", "((",
          "f(x)", "not", "1 +", "lookup(x, 1)", "if(1, 2, 3)", "x " * 300]  # fmt: skip


def _spoilt(draw: random.Random) -> str:
    text = SOUND
    for _ in range(draw.choice((1, 1, 2, 4))):
        rows = text.split("\n")
        at, other = draw.randrange(len(rows)), draw.randrange(len(rows))
        match draw.randrange(7):
            case 0:
                cut = draw.randrange(len(text) + 1)
                text = text[:cut] + draw.choice(PIECES) + text[cut:]
                continue
            case 1:
                cut = draw.randrange(len(text) + 1)
                text = text[:cut] + text[cut + draw.randrange(1, 40) :]
                continue
            case 2:
                rows[at] = rows[other]
            case 3:
                rows.insert(at, rows[other])
            case 4:
                del rows[at]
            case 5:
                rows[at] = " " * draw.randrange(8) + rows[at].lstrip()
            case _:
                rows[at] = rows[at].partition(":")[0] + ": " + draw.choice(VALUES)
        text = "\n".join(rows)
    return text


@pytest.mark.parametrize("seed", range(8))
def test_a_spoilt_file_is_refused_in_words_or_read(seed: int, tmp_path: Path) -> None:
    draw, path = random.Random(seed), tmp_path / "spoilt.yaml"
    for _ in range(40):
        path.write_text(_spoilt(draw), "utf-8")
        refused = False
        try:
            book = RuleBook(BOOK.dictionary, dict(BOOK.files))
            book.standard(book.add_file(path))
        except RuleFileError as error:
            refused = True
            assert all(say(one.code, lang, **one.values) for one in (error, *error.others) for lang in LANGS)
        except CommunityCheckError:
            refused = True
        book = RuleBook(BOOK.dictionary, dict(BOOK.files))
        try:
            found = lint(book, [book.add_file(path)])
        except RuleFileError:
            continue
        assert all(say(f.code, lang, **f.values) for f in found for lang in LANGS)
        assert not refused or any(f.level == "error" for f in found)
