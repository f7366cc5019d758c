"""The list of what we wrote has a file replaced only where it bears this user's seal."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from pathlib import Path

import pytest

from communitycheck.errors import CommunityCheckWarning, WriteError
from communitycheck.own_list import FORM, LIST, MARKED, REPORT, SCHEMA, Journal, digest_of, read_own_list
from communitycheck.reporting.own_folder import OwnFolder, refuse_others, write_file
from communitycheck.system.user_key import Seal, state_folder

User = Callable[[str], None]


@pytest.fixture
def user(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> User:
    """Makes the user of a name the one who runs."""
    states = tmp_path_factory.mktemp("states")

    def become(name: str) -> None:
        monkeypatch.setenv("XDG_STATE_HOME", str(states / name))

    become("one")
    return become


def refusal(path: Path) -> str:
    with pytest.raises(WriteError) as before:
        refuse_others([path])
    with pytest.raises(WriteError) as at:
        write_file(path, ["new"])
    assert before.value.code == at.value.code
    return at.value.code


def forged(folder: Path, kind: str, name: str, digest: str, how: str) -> None:
    """A list, or a journal beside one, that somebody made who has not the key."""
    entry = {kind: {name: digest}}
    bogus = Seal().of(b"something else that this user has sealed")
    lists: dict[str, object] = {
        "without a seal": {"schema": SCHEMA, **entry},
        "an empty seal": {"schema": SCHEMA, **entry, "seal": ""},
        "a seal of something else": {"schema": SCHEMA, **entry, "seal": bogus},
        "no text": {"schema": SCHEMA, **entry, "seal": "é" * 64},
        "among those of others": {"schema": SCHEMA, "reports": {}, "others": [{**entry, "seal": bogus}]},
    }
    if how == "in a journal":
        (folder / LIST).write_text(json.dumps({"schema": SCHEMA}))
        note = json.dumps([kind, name, digest, bogus])
        (folder / ".communitycheck-00000000-1-00000000.files").write_text(note + "\n")
        return
    (folder / LIST).write_text(json.dumps(lists[how]))


HOWS = (
    "without a seal",
    "an empty seal",
    "a seal of something else",
    "no text",
    "among those of others",
    "in a journal",
)


@pytest.mark.parametrize("how", HOWS)
@pytest.mark.parametrize("kind", [REPORT, MARKED, FORM])
def test_a_list_of_a_stranger_s_gives_no_file_away(kind: str, how: str, user: User, tmp_path: Path) -> None:
    mine = tmp_path / "mine.csv"
    mine.write_text("what I wrote myself")
    forged(tmp_path, kind, mine.name, digest_of(mine), how)
    assert refusal(mine) == "write-list-not-sealed"
    write_file(tmp_path / "other.csv", ["x"])  # nor is it given away by what a run makes of the list
    assert refusal(mine) == "write-list-not-sealed"
    assert mine.read_text() == "what I wrote myself"
    write_file(mine, ["new"], force=True)
    write_file(mine, ["newer"])
    assert mine.read_text() == "newer"


def test_of_two_users_each_has_its_own_part(user: User, tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", ["of one"])
    user("two")
    assert refusal(tmp_path / "a.csv") == "write-list-not-sealed"
    write_file(tmp_path / "b.csv", ["of two"])
    user("one")
    write_file(tmp_path / "a.csv", ["of one, again"])
    assert refusal(tmp_path / "b.csv") == "write-list-not-sealed"
    user("two")
    write_file(tmp_path / "b.csv", ["of two, again"])
    assert read_own_list(tmp_path).of_kind(REPORT) == {"a.csv", "b.csv"}
    write_file(tmp_path / "a.csv", ["of two"], force=True)
    write_file(tmp_path / "a.csv", ["of two, again"])
    user("one")
    assert refusal(tmp_path / "a.csv") == "write-list-not-sealed"


def test_what_others_listed_goes_with_their_files(user: User, tmp_path: Path) -> None:
    write_file(tmp_path / "a.csv", ["of one"])
    user("two")
    write_file(tmp_path / "b.csv", ["of two"])
    (tmp_path / "a.csv").unlink()
    write_file(tmp_path / "b.csv", ["of two, again"])
    assert json.loads((tmp_path / LIST).read_text("utf-8"))["others"] == []


def test_the_list_of_an_earlier_version_is_taken_over_by_force_and_then_gone(user: User, tmp_path: Path) -> None:
    for name in ("a.csv", "b.csv"):
        (tmp_path / name).write_text("one")
    listed = {name: digest_of(tmp_path / name) for name in ("a.csv", "b.csv")}
    (tmp_path / LIST).write_text(json.dumps({"schema": SCHEMA, "reports": listed, "marked": {}, "forms": {}}))
    assert refusal(tmp_path / "a.csv") == "write-list-not-sealed"
    write_file(tmp_path / "a.csv", ["two"], force=True)
    assert len(json.loads((tmp_path / LIST).read_text("utf-8"))["others"]) == 1
    write_file(tmp_path / "b.csv", ["two"], force=True)
    assert json.loads((tmp_path / LIST).read_text("utf-8"))["others"] == []


def test_another_s_run_that_died_is_left_to_its_user(user: User, tmp_path: Path) -> None:
    write_file(tmp_path / "z.csv", ["x"])
    (tmp_path / "a.csv").write_text("of one")
    journal = Journal(tmp_path)
    journal.note(REPORT, "a.csv", digest_of(tmp_path / "a.csv"))
    dead = journal.path.rename(tmp_path / f"{journal.path.name.rsplit('-', 2)[0]}-4194999-00000000.files")
    user("two")
    write_file(tmp_path / "b.csv", ["of two"])
    assert dead.exists()
    user("one")
    refuse_others([tmp_path / "a.csv"])
    write_file(tmp_path / "z.csv", ["y"])
    assert not dead.exists()
    refuse_others([tmp_path / "a.csv"])


def test_without_a_key_nothing_is_replaced_and_the_reason_is_said(user: User, tmp_path: Path) -> None:
    state_folder().parent.mkdir(parents=True, exist_ok=True)
    state_folder().write_text("a file in the way")
    write_file(tmp_path / "a.csv", ["one"])
    with pytest.raises(WriteError) as caught:
        write_file(tmp_path / "a.csv", ["two"])
    assert caught.value.code == "write-list-not-sealed"
    assert caught.value.values["cause"]
    with OwnFolder(tmp_path, force=True) as folder:  # one run knows its own files all the same
        folder.write(tmp_path / "a.csv", ["three"])
    assert (tmp_path / "a.csv").read_text() == "three"


def test_a_list_that_cannot_be_kept_is_said(user: User, tmp_path: Path) -> None:
    (tmp_path / LIST).mkdir()
    with pytest.warns(CommunityCheckWarning, match="list") as told:
        write_file(tmp_path / "a.csv", ["one"])
    assert len(told) == 1
    assert (tmp_path / "a.csv").read_text() == "one"


@pytest.mark.parametrize("named", ["here", "./here", "../here", ""])
def test_the_key_lies_where_programs_keep_their_state_whatever_folder_one_is_in(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", named)
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    if os.name == "nt":
        monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert state_folder().is_relative_to(tmp_path / "home")
