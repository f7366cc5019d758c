"""Databases on a server, given by their URL: ``postgresql://host/db?table=communities&table=streets``.

Whatever a URL holds to log in with is kept here and goes to the process that reads, nowhere else: messages, reports and
the rest of the program know the database by the name that it is shown by.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from urllib.parse import quote, unquote

from msgspec import Struct

from communitycheck.errors import ReturnError
from communitycheck.returns.files.chosen import URL, AskedFile, is_url

_SCHEMES = ("postgresql", "postgres")
_HOST = r"(?:\[[0-9A-Fa-f:.%]+\]|[^:@/?\[\]\s]*)(?::[0-9]*)?"
_SERVER = re.compile(
    rf"(?:(?P<login>[^/?]*)@)?(?P<hosts>{_HOST}(?:,{_HOST})*)(?P<db>/[^/?@]*)?(?:\?(?P<query>.*))?", re.DOTALL
)
_TABLE = "table"
_SHOWN = "service"  # the only setting that tells databases apart

# What to connect with, by the name that is shown: to the databases given last, and to those of the command line.
_connections: dict[str, str] = {}
_of_command_line: dict[str, str] = {}


class ParsedUrl(Struct, frozen=True):
    shown: str
    tables: tuple[str, ...]
    connection: str
    says_more: bool  # than what is shown


def taken(given: str) -> AskedFile:
    """The database behind a URL, as it is shown, and the tables of it that are asked for.

    Raises:
        ReturnError: ``url-not-read``, ``database-url``.
    """
    parsed = _parsed(given)
    said = parsed.connection if parsed.says_more else _of_command_line.get(parsed.shown, parsed.connection)
    _connections[parsed.shown] = said
    return AskedFile(parsed.shown, parsed.tables)


@contextmanager
def logins_kept(arguments: Sequence[str]) -> Iterator[list[str]]:
    """The words of a command line with what may be shown of the URLs among them, which mean the same inside."""
    parted = [word.partition("=") if word.startswith("--") else ("", "", word) for word in arguments]
    try:
        yield [option + sign + _without_login(value) for option, sign, value in parted]
    finally:
        _of_command_line.clear()


def _without_login(given: str) -> str:
    """A URL that may be shown; any other word as it is."""
    if not is_url(given) or (given.partition("://")[0].lower() not in _SCHEMES and "@" not in given):
        return given
    try:
        parsed = _parsed(given)
    except ReturnError as error:
        return error.path
    _of_command_line[parsed.shown] = parsed.connection
    asked = "&".join(f"{_TABLE}={quote(table, safe='')}" for table in parsed.tables)
    return f"{parsed.shown}{'&' if '?' in parsed.shown else '?'}{asked}" if asked else parsed.shown


def connection_of(shown: str) -> str:
    """What to connect with to a database that was taken and is shown so."""
    return _connections.get(shown, shown)


def _parsed(given: str) -> ParsedUrl:
    found = URL.match(given)
    assert found is not None
    scheme = found[1].lower()
    if scheme not in _SCHEMES:
        raise ReturnError("url-not-read", path=f"{scheme}://", scheme=scheme)
    server = _SERVER.fullmatch(found[2])
    settings = [one for one in (server["query"] or "").split("&") if one] if server else []
    if server is None or any("=" not in one for one in settings):
        # Where its parts end cannot be told, and so not which of them is the password.
        raise ReturnError("database-url", path=f"{scheme}://")
    tables = [unquote(one.partition("=")[2]) for one in settings if one.partition("=")[0] == _TABLE]
    rest = [one for one in settings if one.partition("=")[0] != _TABLE]
    told = [one for one in rest if one.partition("=")[0] == _SHOWN]
    place = f"postgresql://{server['hosts']}{server['db'] or '/'}"
    login = f"{server['login']}@" if server["login"] is not None else ""
    connection = f"postgresql://{login}{server['hosts']}{server['db'] or ''}{'?' * bool(rest)}{'&'.join(rest)}"
    shown = unquote(place) + ("?" + "&".join(told) if told else "")
    return ParsedUrl(shown, tuple(dict.fromkeys(filter(None, tables))), connection, bool(login or rest))
