"""A SARIF 2.1.0 log of one run: its parts, and how text and paths stand in it."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Iterator
from urllib.parse import quote

from communitycheck.messages import Lang
from communitycheck.model.address import Address
from communitycheck.model.subjects import Subject
from communitycheck.printable import one_line
from communitycheck.reporting.json_objects import Object, line
from communitycheck.version import __version__

SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json"
RESULTS = 25_000  # code scanning refuses more in one run


def sarif_log(
    rules: list[Object],
    invocation: Object,
    properties: Object,
    results: Iterable[Object],
    lang: Lang,
    *,
    artifacts: Iterable[Object] = (),
    version: str = __version__,
) -> Iterator[str]:
    """The log in pieces, a result a line."""
    driver = {
        "name": "communitycheck",
        "version": version,
        "language": "zh-CN" if lang == "zh" else "en",
        "rules": rules,
    }
    yield f'{{"$schema": "{SCHEMA}", "version": "2.1.0", "runs": [{{\n'
    yield f'"tool": {line({"driver": driver})},\n'
    yield f'"artifacts": {line(list(artifacts))},\n'
    yield f'"invocations": {line([invocation])},\n'
    yield f'"properties": {line(properties)},\n'
    yield '"results": ['
    separator = "\n"
    for one in results:
        yield separator + line(one)
        separator = ",\n"
    yield "]\n}]}\n"


def text(words: str) -> Object:
    """A SARIF message: braces are doubled, and no link can come of what a name holds."""
    return {"text": words.replace("{", "{{").replace("}", "}}").replace("](", "] (")}


def notification(code: str, level: str, words: str, **more: object) -> Object:
    """What the run has to tell beside its results."""
    return {"descriptor": {"id": code}, "level": level, "message": text(words), **more}


def location(at: Address | None, name: str, cells: tuple[str, ...] = ()) -> Object:
    """The row in its file, and the subject as the logical place; a group of records has the latter alone."""
    spot = " ".join([*([at.key] if at and at.key else []), *cells])
    full = " ".join(p for p in (name, f"[{one_line(at.sheet)}]" if at and at.sheet else "", spot) if p)
    found: Object = {"logicalLocations": [{"name": name, "fullyQualifiedName": full, "kind": "member"}]}
    if at is not None:
        region = {} if at.row is None or at.key is not None else {"region": {"startLine": at.row}}
        found["physicalLocation"] = {"artifactLocation": {"uri": uri(at.path)}, **region}
    return found


def uri(path: str) -> str:
    """A file's path as a URI reference: relative stays relative, as does what is one already, of a database."""
    if "://" in path:
        scheme, _, rest = path.partition("://")
        return f"{scheme}://{quote(rest, safe='/:?=&,[]', errors='surrogateescape')}"
    posix = path.replace("\\", "/")
    if re.match(r"[A-Za-z]:/", posix):
        return f"file:///{posix[0]}:{quote(posix[2:], errors='surrogateescape')}"
    quoted = quote(posix, errors="surrogateescape")
    return f"file://{quoted}" if posix.startswith("/") else quoted


def fingerprint(rule: str, subject: Subject, at: Address | None) -> str:
    """The same subject under the same rule keeps its fingerprint when rows move."""
    parts = [rule, subject.entity, *subject.region, subject.name, subject.code]
    if not subject.name and at is not None:
        parts += [at.path, at.sheet or "", str(at.row)]
    return hashlib.sha256("\0".join(parts).encode("utf-8", "backslashreplace")).hexdigest()[:32]
