"""Whose subjects are the same in two lists: small lists with the answer that a careful reader gives."""

from __future__ import annotations

from datetime import date

import numpy as np
import pytest

from communitycheck.checking.repeated.find import Named
from communitycheck.checking.repeated.identity import Identity
from communitycheck.checking.repeated.ladder import Rung
from communitycheck.model.entity import Entity
from communitycheck.planning.compare.pairs import KindPairs, pair_subjects
from communitycheck.planning.compare.renames import Rename
from communitycheck.planning.compare.side import RunSide, SubjectKind
from communitycheck.planning.compare.subjects import known_by, of_lists

COMMUNITY = SubjectKind("community", group=False)
ABOUT = known_by(Entity("community", name_field="community", within=("street", "county", "city", "province")))
Listed = tuple[str, str, str]  # code, name, street; all of one county


def side(listed: list[Listed], *, county: str = "河口区") -> RunSide:
    codes, names, streets = ([one[k] for one in listed] for k in range(3))
    regions = {"city": ["东营市"] * len(listed), "county": [county] * len(listed), "street": streets}
    return RunSide("x", date(2023, 12, 31), (), {COMMUNITY: of_lists(ABOUT, codes, names, regions)}, {}, {})


def paired(before: list[Listed], after: list[Listed], renames: tuple[Rename, ...] = ()) -> KindPairs:
    return pair_subjects(side(before), side(after), renames)[0][COMMUNITY]


def how(pairs: KindPairs) -> list[str]:
    """For each of the earlier list ``rung:place``, or why there is none."""
    asked = {q.here: q.why.word for q in pairs.matched.questions}
    return [
        f"{Rung(int(rung)).word}:{found}"
        if found >= 0
        else asked.get(k, "several" if pairs.matched.several[k] else "part" if pairs.parts[k] else "gone")
        for k, (found, rung) in enumerate(zip(pairs.matched.found.tolist(), pairs.matched.how.tolist(), strict=True))
    ]


A, B = "370503001001", "370503001002"  # of the street 370503001
C, D = "370503002001", "370503002002"  # of another


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        # a code says it, whatever the name is called now, while the street is the same
        ([(A, "河滨村", "新户镇")], [(A, "河滨社区", "新户镇")], ["code:0"]),
        ([(A, "河滨村", "新户镇")], [(A, "望海社区", "新户镇")], ["code:0"]),
        ([(A, "河滨社区", "新户镇")], [(A, "河滨社区", "六合街道")], ["code:0"]),
        # a code that stands for another name in another street is a question
        ([(A, "河滨社区", "新户镇")], [(A, "望海社区", "六合街道")], ["code_elsewhere"]),
        # codes that have changed places are one, too
        (
            [(A, "河滨社区", "新户镇"), (B, "望海社区", "新户镇")],
            [(A, "望海社区", "新户镇"), (B, "河滨社区", "新户镇")],
            ["code_or_name", "code_or_name"],
        ),
        # the name stays, and the code is new
        ([(A, "河滨社区", "新户镇")], [(C, "河滨社区", "新户镇")], ["recoded:0"]),
        ([(A, "河滨社区", "")], [(B, "河滨社区", "")], ["recoded:0"]),  # of one street by its first nine digits
        ([(A, "河滨社区", "")], [(C, "河滨社区", "")], ["new_code"]),
        ([(A, "河滨社区", "新户镇")], [(C, "河滨社区", "六合街道")], ["gone"]),  # two of one name
        # but not where either code is known on the other side
        (
            [(A, "河滨社区", "新户镇"), (B, "望海社区", "新户镇")],
            [(A, "河滨社区", "新户镇"), (D, "望海社区", "新户镇")],
            ["code:0", "recoded:1"],
        ),
        # 村 to 社区, with and without codes; what the office is called does not matter
        ([("", "河滨村", "新户镇")], [("", "河滨社区", "新户镇")], ["ending:0"]),
        ([("", "河滨村民委员会", "新户镇")], [("", "河滨村", "新户镇")], ["name:0"]),
        ([("", "河滨社区", "新户镇")], [("", "河滨社区居委会", "新户镇")], ["name:0"]),
        ([("", "河滨", "")], [("", "河滨社区", "")], ["ending:0"]),
        ([("", "河滨村", "")], [("", "河滨社区", "")], ["other_ending"]),
        ([("", "河滨村", "新户镇"), ("", "河滨社区", "新户镇")], [("", "河滨社区", "新户镇")], ["gone", "name:0"]),
        ([("", "河滨村", "新户镇")], [("", "河滨社区", "六合街道")], ["gone"]),
        # the street became another kind of street
        ([("", "河滨社区", "新户镇")], [("", "河滨社区", "新户街道")], ["name:0"]),
        ([("", "河滨社区", "新户镇")], [("", "河滨社区", "新户街道"), ("", "河滨社区", "新户镇")], ["name:1"]),
        # two of one name in one county
        (
            [("", "河滨社区", "新户镇"), ("", "河滨社区", "六合街道")],
            [("", "河滨社区", "六合街道"), ("", "河滨社区", "新户镇")],
            ["name:1", "name:0"],
        ),
        ([("", "河滨社区", ""), ("", "河滨社区", "")], [("", "河滨社区", "")], ["several", "several"]),
        ([("", "河滨社区", "新户镇")], [("", "河滨社区", "新户镇"), ("", "河滨社区", "新户镇")], ["gone"]),
        # one of several namesakes, and the other side does not say in which street
        ([("", "河滨社区", "新户镇"), ("", "河滨社区", "六合街道")], [("", "河滨社区", "")], ["one_of_several"] * 2),
        ([("", "河滨社区", "")], [("", "河滨社区", "新户镇"), ("", "河滨社区", "六合街道")], ["one_of_several"]),
        (
            [("", "河滨社区", "新户镇"), ("", "河滨社区", "六合街道"), ("", "望海社区", "新户镇")],
            [("", "河滨社区", ""), ("", "望海社区", "")],
            ["one_of_several", "one_of_several", "name:1"],
        ),
        # one code twice: the name says whose it is, and of the other nobody knows
        ([(A, "河滨社区", "新户镇"), (A, "望海社区", "新户镇")], [(A, "河滨社区", "新户镇")], ["name:0", "several"]),
        # a code was added, or left out
        ([("", "河滨社区", "新户镇")], [(A, "河滨社区", "新户镇")], ["name:0"]),
        ([(A, "河滨社区", "新户镇")], [("", "河滨社区", "")], ["name:0"]),
        # nobody is matched by a row
        ([("", "河滨社区", "新户镇")], [("", "望海社区", "新户镇")], ["gone"]),
        ([("", "", "新户镇")], [("", "", "新户镇")], ["gone"]),
    ],
)
def test_who_is_who(before: list[Listed], after: list[Listed], answer: list[str]) -> None:
    assert how(paired(before, after)) == answer


def test_what_stands_several_times_is_told_on_either_side() -> None:
    pairs = paired([("", "河滨社区", "新户镇")], [("", "河滨社区", "新户镇"), ("", "河滨社区", "新户镇")])
    assert pairs.matched.several_there.tolist() == [True, True]
    assert pairs.come.tolist() == [True, True]
    assert not pairs.comparable


def rename(kind: str, before: list[Named], after: list[Named], entity: str = "community") -> Rename:
    return Rename(kind, entity, tuple(before), tuple(after), date(2023, 5, 1), 1)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("one", "answer", "come"),
    [
        (rename("renamed", [Named(name="河滨村")], [Named(name="滨海社区")]), ["declared:0", "gone"], 1),
        (rename("merged", [Named(name="河滨村"), Named(name="望海村")], [Named(name="滨海社区")]), ["part", "part"], 1),
        (rename("renamed", [Named(name="河滨村", region=("六合镇",))], [Named(name="滨海社区")]), ["gone", "gone"], 2),
        (rename("renamed", [Named(name="河滨村")], [Named(name="某社区")]), ["gone", "gone"], 2),
    ],
)
def test_declared(one: Rename, answer: list[str], come: int) -> None:
    before = [("", "河滨村", "新户镇"), ("", "望海村", "新户镇")]
    pairs = paired(before, [("", "滨海社区", "新户镇"), ("", "朝阳社区", "新户镇")], (one,))
    assert how(pairs) == answer
    assert int(pairs.come.sum()) == come


def test_who_lies_in_a_renamed_street_is_found() -> None:
    one = rename("renamed", [Named(name="新户镇")], [Named(name="黄河口街道")], "street")
    assert how(paired([("", "河滨社区", "新户镇")], [("", "河滨社区", "黄河口街道")], (one,))) == ["name:0"]


def test_the_order_of_rows_does_not_matter() -> None:
    listed = [(f"37050300{k % 7}{k:03}", f"第{k}社区", f"第{k % 7}街道") for k in range(60)]
    found = paired(listed, listed[::-1]).matched.found
    assert found.tolist() == list(range(59, -1, -1))


def test_pairs_of_periods_and_of_runs_are_found_alike() -> None:
    listed = [("", f"第{k}社区", f"第{k % 7}街道") for k in range(40)]
    codes, names, streets = zip(*(listed * 2), strict=True)
    table = of_lists(ABOUT, codes, names, {"street": streets})
    here, there = np.arange(40, dtype=np.int32), np.arange(40, 80, dtype=np.int32)
    rows, _ = Identity(table).pair(here, there)
    assert rows.tolist() == there.tolist()


STREET = SubjectKind("street", group=False)
OF_STREETS = known_by(Entity("street", name_field="street", within=("county", "city", "province")))
Coded = tuple[str, str]  # code, name; all of one county


def streets(listed: list[Coded]) -> RunSide:
    regions = {"city": ["东营市"] * len(listed), "county": ["河口区"] * len(listed), "street": [n for _, n in listed]}
    table = of_lists(OF_STREETS, [code for code, _ in listed], [name for _, name in listed], regions)
    return RunSide("x", date(2023, 12, 31), (), {STREET: table}, {}, {})


@pytest.mark.parametrize(
    ("before", "after", "answer"),
    [
        ([("370503001000", "河口街道办事处")], [("370503001000", "河口街道")], ["code:0"]),
        ([("370503001", "新户镇")], [("370503001000", "长兴街道")], ["code:0"]),
        ([("370503001000", "新户镇")], [("370503100000", "新户镇")], ["recoded:0"]),
        ([("370503001000", "新户镇")], [("370503100000", "新户街道")], ["ending:0"]),
        (
            [("370503001000", "新户镇"), ("370503002000", "六合镇")],
            [("370503001000", "六合镇"), ("370503002000", "新户镇")],
            ["code_or_name", "code_or_name"],
        ),
        # the code of their county, and one of a community, are not theirs
        ([("370503000000", "新户镇")], [("370503000000", "长兴街道")], ["gone"]),
        ([("370503001001", "新户镇")], [("370503001001", "长兴街道")], ["gone"]),
    ],
)
def test_regions_are_known_by_the_digits_of_their_level(
    before: list[Coded], after: list[Coded], answer: list[str]
) -> None:
    assert how(pair_subjects(streets(before), streets(after), ())[0][STREET]) == answer
