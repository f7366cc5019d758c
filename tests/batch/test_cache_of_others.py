"""A cache is taken as if an enemy had written it: nothing of it is read that this user has not sealed."""

from __future__ import annotations

import hashlib
import os
import shutil
import warnings
from collections.abc import Callable
from pathlib import Path

import pyarrow as pa
import pytest

from communitycheck.errors import CommunityCheckWarning, ReturnError, WriteError
from communitycheck.model.dictionary import Dictionary
from communitycheck.resources import data_dir
from communitycheck.returns.batch import cache as cache_room
from communitycheck.returns.batch.cache import Cache
from communitycheck.returns.batch.packing import HEAD, pack, unpack
from communitycheck.returns.batch.parts import PartRead, ReadingOptions
from communitycheck.returns.batch.read_many import read_returns
from communitycheck.standards import load_rule_book
from communitycheck.system import user_key as key_room
from communitycheck.system.user_key import state_folder, user_key

POSIX = pytest.mark.skipif(os.name != "posix", reason="no owners, modes and links on this system")


@pytest.fixture(autouse=True)
def state(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "state"))
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return state_folder()


@pytest.fixture(scope="module")
def dictionary() -> Dictionary:
    return load_rule_book([data_dir("rules")]).dictionary


def _returns(folder: Path) -> Path:
    folder.mkdir()
    for name in ("北", "南"):
        lines = [f"{name}区,第{i}社区,城市,{300 + i}" for i in range(len(name) * 3 + 2)]
        (folder / f"{name}.csv").write_text("\n".join(["县区,社区名称,社区类型,综合服务设施面积", *lines]), "utf-8")
    return folder


def _read(folder: Path, cache: Path, dictionary: Dictionary) -> tuple[list[int], list[str]]:
    """How many records each return has, and what was said."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        found, errors = read_returns([folder], dictionary, cache=cache, jobs=1)
    assert errors == []
    said = [one.message.code for one in told if isinstance(one.message, CommunityCheckWarning)]
    return [sum(len(table) for table in one.tables) for one in found], said


def _flipped(entry: Path, at: int) -> None:
    data = bytearray(entry.read_bytes())
    data[at] ^= 1
    entry.write_bytes(data)


def _pipe(entry: Path) -> None:
    entry.unlink()
    os.mkfifo(entry)


def _link_to(target: str) -> Callable[[Path], None]:
    def put(entry: Path) -> None:
        entry.rename(entry.with_name("own"))
        entry.symlink_to(target)

    return put


def _of_another_key(entry: Path) -> None:
    """An entry that some other user's run would have written, whole and with a right checksum."""
    data = entry.read_bytes()[64:]
    found = unpack(data, PartRead)
    found.returns.clear()
    key = entry.parent.name + entry.stem
    stranger = object.__new__(Cache)
    stranger.secret = bytes(32)
    forged = pack(found)
    seal = stranger._seal(key, forged[: HEAD], len(forged))
    entry.write_bytes(cache_room.MARK.ljust(32, b"\0") + seal + forged)


def _unsealed(entry: Path) -> None:
    found = unpack(entry.read_bytes()[64:], PartRead)
    found.returns.clear()
    entry.write_bytes(entry.read_bytes()[:64] + pack(found))


def _of_another_return(entry: Path) -> None:
    other = next(one for one in entry.parents[1].glob("??/*.reading") if one != entry)
    shutil.copyfile(other, entry)


def _holes(entry: Path) -> None:
    os.truncate(entry, 3 << 30)


WRONG: dict[str, Callable[[Path], None]] = {
    "a bit of the seal": lambda entry: _flipped(entry, 40),
    "a bit of the mark": lambda entry: _flipped(entry, 3),
    "a bit of the checksum": lambda entry: _flipped(entry, 100),
    "a bit of the readings": lambda entry: _flipped(entry, -600),
    "the last byte": lambda entry: os.truncate(entry, entry.stat().st_size - 1),
    "cut short": lambda entry: os.truncate(entry, 50),
    "empty": lambda entry: os.truncate(entry, 0),
    "3 GB of holes behind": _holes,
    "another user's": _of_another_key,
    "the seal of another reading": _unsealed,
    "the entry of another return": _of_another_return,
    "zeros": lambda entry: (entry.write_bytes(bytes(4096)), None)[1],
}
if os.name == "posix":
    WRONG |= {"a pipe": _pipe, "a device": _link_to("/dev/zero"), "a link": _link_to("own")}


@pytest.mark.parametrize("kind", WRONG)
def test_a_wrong_entry_is_dropped_and_said(tmp_path: Path, dictionary: Dictionary, kind: str) -> None:
    folder, cache = _returns(tmp_path / "in"), tmp_path / "cache"
    fresh, said = _read(folder, cache, dictionary)
    entries = sorted(cache.glob("??/*.reading"))
    assert len(entries) == 2 and said == [] and sum(fresh) > 0
    assert _read(folder, cache, dictionary) == (fresh, [])
    WRONG[kind](entries[0])
    assert _read(folder, cache, dictionary) == (fresh, ["cache-dropped"])
    assert _read(folder, cache, dictionary) == (fresh, [])  # written again
    assert entries[0].is_file() and not entries[0].is_symlink()


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        (b"\0\0\0\0\x02\0\0\0\x05\0\0\0", b"\0\0\0\0\x02\0\0\0\x05\0\0\x70"),
        (b"\0\0\0\0\x02\0\0\0\x05\0\0\0", b"\0\0\0\0\xff\0\0\0\x05\0\0\0"),
        (b"\0\0\0\0\x02\0\0\0\x05\0\0\0", b"\0\0\0\0\xff\xff\xff\xff\x05\0\0\0"),
        (b'{"$":"PartRead"', b'{"$":"PartReed"'),
        (b'{"$":"arrow","of":0}', b'{"$":"arrow","of":9}'),
        (b'{"$":"arrow","of":0}', b'{"$":"lists","of":0}'),
    ],
)
def test_data_that_leads_out_of_its_buffers_is_refused(right: bytes, wrong: bytes) -> None:
    """Its checksum is right: what a reader that was taken over might hand back."""
    packed = pack(PartRead([], [ReturnError("too-large", path="", values=pa.array(["aa", "bbb"]))]))
    assert packed.count(right) == 1
    body = packed.replace(right, wrong)[HEAD:]
    unpack(packed, PartRead)
    with pytest.raises(ValueError, match="not a stored reading"):
        unpack(packed[:32] + hashlib.sha256(body).digest() + body, PartRead)


@POSIX
def test_the_key_is_the_users_alone(state: Path) -> None:
    first = user_key()
    assert user_key() == first and len(first) == 32
    assert (state / "key").stat().st_mode & 0o777 == 0o600
    assert state.stat().st_mode & 0o777 == 0o700


def _loose(state: Path) -> None:
    (state / "key").chmod(0o644)


def _linked(state: Path) -> None:
    (state / "key").rename(state / "other")
    (state / "key").symlink_to("other")


def _piped(state: Path) -> None:
    (state / "key").unlink()
    os.mkfifo(state / "key")


def _file_in_the_way(state: Path) -> None:
    shutil.rmtree(state)
    state.write_text("")


def _folder_in_the_way(state: Path) -> None:
    (state / "key").unlink()
    (state / "key").mkdir()


@POSIX
@pytest.mark.parametrize("spoil", [_loose, _linked, _piped, _file_in_the_way, _folder_in_the_way])
def test_without_a_key_of_ones_own_there_is_no_cache(
    tmp_path: Path, dictionary: Dictionary, state: Path, spoil: Callable[[Path], None]
) -> None:
    folder, cache = _returns(tmp_path / "in"), tmp_path / "cache"
    user_key()
    spoil(state)
    fresh, said = _read(folder, cache, dictionary)
    assert sum(fresh) > 0 and said == ["cache-no-key"] and not cache.exists()


def test_a_key_cut_short_is_made_anew(state: Path) -> None:
    first = user_key()
    (state / "key").write_bytes(b"short")
    assert user_key() != first and len(user_key()) == 32
    assert [one.name for one in state.iterdir()] == ["key"]


@POSIX
def test_two_first_runs_agree_on_the_key(state: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = key_room._read
    answers = iter([None])  # the other run makes it while this one makes its own
    monkeypatch.setattr(key_room, "_read", lambda place: next(answers, found(place)))
    state.mkdir(parents=True)
    (state / "key").write_bytes(b"k" * 32)
    (state / "key").chmod(0o600)
    assert user_key() == b"k" * 32


@POSIX
def test_the_folder_of_another_user_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "cache").mkdir()
    monkeypatch.setattr(cache_room, "is_own", lambda path: False)
    with pytest.raises(WriteError, match="belongs to another user"):
        Cache(tmp_path / "cache", ReadingOptions(Dictionary({})), bytes(32))


@POSIX
def test_links_in_a_cache_are_no_way_out_of_it(tmp_path: Path, dictionary: Dictionary) -> None:
    """Old files behind a linked folder are not cleared away, and nothing is written there."""
    folder, cache, elsewhere = _returns(tmp_path / "in"), tmp_path / "cache", tmp_path / "elsewhere"
    fresh, _ = _read(folder, cache, dictionary)
    elsewhere.mkdir()
    (elsewhere / "old.reading").write_bytes(b"mine")
    os.utime(elsewhere / "old.reading", (0, 0))
    names = {one.parent.name for one in cache.glob("??/*.reading")}
    shutil.rmtree(cache)
    cache.mkdir()
    for name in {*names, "ab"}:
        (cache / name).symlink_to(elsewhere)
    assert _read(folder, cache, dictionary) == (fresh, [])
    assert [one.name for one in elsewhere.iterdir()] == ["old.reading"]


@pytest.mark.parametrize("named", ["here", "./here", "../here", ""])
def test_the_key_lies_where_programs_keep_their_state_whatever_folder_one_is_in(
    named: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_STATE_HOME", named)
    monkeypatch.setenv("LOCALAPPDATA", str(tmp_path / "home"))
    if os.name == "nt":
        monkeypatch.setenv("USERPROFILE", str(tmp_path / "home"))
    assert state_folder().is_relative_to(tmp_path / "home")
