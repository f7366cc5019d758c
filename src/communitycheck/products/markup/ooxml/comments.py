"""Comments on cells: the text part, the drawing that shows them, and threads where a cell already has one.

What is there stays: our text comes after that of a comment, and a thread gets a reply.
"""

from __future__ import annotations

import re
import uuid
from collections.abc import Mapping
from typing import Any

from communitycheck.model.address import column_letter
from communitycheck.products.markup.ooxml.comment_boxes import Drawings, Place, draw_boxes, forget_boxes, grow_boxes
from communitycheck.products.markup.ooxml.frame import Frame
from communitycheck.products.markup.ooxml.parts import (
    RELATIONS,
    STRICT,
    STRICT_RELATIONS,
    TRANSITIONAL,
    Package,
    literal,
)

AUTHOR = "communitycheck"
_THREADS = "http://schemas.microsoft.com/office/spreadsheetml/2018/threadedcomments"
_MICROSOFT = "http://schemas.microsoft.com/office/2017/10/relationships"
_COMMENTS_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.comments+xml"
OPENING, CLOSING = f"{AUTHOR}:", "———"  # what we say stands between these lines, so that it can be taken out again
_OWN_TEXT = re.compile(rf"(?:\n\n?|\nReply:\n    |^){OPENING}\n.*?\n\s*{CLOSING}(?=\n|$)", re.S)


def add_comments(
    package: Package, book: str, sheet: str, frame: Frame, texts: Mapping[Place, str], drawings: Drawings, day: str
) -> None:
    """Comments on cells of one sheet. ``texts`` are by row and column, from 1, in order; ``day`` dates replies.

    Raises:
        NotMarkedError: ``not-marked-broken``: the comments that are there, or their drawing, cannot be read.
    """
    threads = _reply(package, book, sheet, texts, day)
    bare, longer = _write_texts(package, sheet, texts, threads, strict=frame.strict)
    if longer:
        grow_boxes(package, sheet, frame, longer)
    if bare:
        draw_boxes(package, sheet, frame, {place: texts[place] for place in bare}, drawings)


# --- what an earlier round left


def forget_comments(package: Package, book: str, sheet: str) -> None:
    """Take out what we said before; what others wrote before, between and after stays."""
    part = package.related(sheet, "comments")
    if part is None:
        return
    tree = package.tree(part)
    space = tree.getroot().tag.rpartition("}")[0] + "}"
    gone = set()
    for comment in list(tree.getroot().iter(f"{space}comment")):
        parts = list(comment.iter(f"{space}t"))
        whole = "".join(t.text or "" for t in parts)
        spans = [m.span() for m in _OWN_TEXT.finditer(whole)]
        if not spans:
            continue
        if not _OWN_TEXT.sub("", whole).strip():
            gone.add(comment.get("ref", ""))
            comment.getparent().remove(comment)
            continue
        start = 0
        for t in parts:
            text = t.text or ""
            kept = [c for k, c in enumerate(text, start) if not any(low <= k < high for low, high in spans)]
            start += len(text)
            t.text = "".join(kept)
    package.put_tree(part, tree)
    _forget_replies(package, book, sheet)
    forget_boxes(package, sheet, gone)


def _forget_replies(package: Package, book: str, sheet: str) -> None:
    part, people = package.related(sheet, "threadedComment"), package.related(book, "person")
    if part is None or people is None:
        return
    own = {e.get("id") for e in package.tree(people).getroot() if e.get("displayName") == AUTHOR}
    tree = package.tree(part)
    for reply in [e for e in tree.getroot() if e.get("personId") in own]:
        tree.getroot().remove(reply)
    package.put_tree(part, tree)


# --- the texts


def _write_texts(
    package: Package, sheet: str, texts: Mapping[Place, str], threads: set[Place], *, strict: bool
) -> tuple[list[Place], dict[str, str]]:
    """Add to the texts; the cells that had no comment before, and comments that grew, by their cells."""
    from lxml import etree

    part = package.related(sheet, "comments")
    if part is None:
        part = package.new_name("xl/comments", ".xml")
        space = STRICT if strict else TRANSITIONAL
        package.put(part, f'<comments xmlns="{space}"><authors/><commentList/></comments>'.encode())
        package.declare(part, _COMMENTS_TYPE)
        package.relate(sheet, f"{STRICT_RELATIONS if strict else RELATIONS}/comments", part)
    tree = package.tree(part)
    root = tree.getroot()
    space = root.tag.rpartition("}")[0] + "}"
    authors, listed = root.find(f"{space}authors"), root.find(f"{space}commentList")
    if authors is None or listed is None:
        raise package.broken(part)
    known = [e.text or "" for e in authors.iter(f"{space}author")]
    if AUTHOR not in known:
        etree.SubElement(authors, f"{space}author").text = AUTHOR
        known.append(AUTHOR)
    author = str(known.index(AUTHOR))
    there = {e.get("ref", ""): e for e in listed.iter(f"{space}comment")}
    bare = []
    longer = {}
    for (row, column), text in texts.items():
        name = f"{column_letter(column)}{row}"
        old = there.get(name)
        if old is None:
            comment = etree.SubElement(listed, f"{space}comment", ref=name, authorId=author)
            _run(etree.SubElement(comment, f"{space}text"), space, text)
            bare.append((row, column))
        elif (row, column) in threads:
            _append(old, space, f"\nReply:\n    {text}")
        else:
            _append(old, space, f"\n\n{text}")
            longer[name] = "".join(t.text or "" for t in old.iter(f"{space}t"))
    package.put_tree(part, tree)
    return bare, longer


def _append(comment: Any, space: str, text: str) -> None:
    """Put text after what a comment says; plain text becomes a run of its own, or it would not be shown any more."""
    from lxml import etree

    held = comment.find(f"{space}text")
    if held is None:
        held = etree.SubElement(comment, f"{space}text")
    plain = held.find(f"{space}t")
    if plain is not None:
        run = etree.Element(f"{space}r")
        plain.addprevious(run)
        plain.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
        run.append(plain)
    runs = held.findall(f"{space}r")
    new = _run(held, space, text)
    if runs:
        runs[-1].addnext(new)


def _run(parent: Any, space: str, text: str) -> Any:
    from lxml import etree

    run = etree.SubElement(parent, f"{space}r")
    look = etree.SubElement(run, f"{space}rPr")
    etree.SubElement(look, f"{space}sz", val="9")
    etree.SubElement(look, f"{space}color", indexed="81")
    etree.SubElement(look, f"{space}rFont", val="Microsoft YaHei")
    etree.SubElement(look, f"{space}family", val="2")
    content = etree.SubElement(run, f"{space}t")
    content.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    content.text = literal(text)
    return run


# --- threads


def _reply(package: Package, book: str, sheet: str, texts: Mapping[Place, str], day: str) -> set[Place]:
    """Reply in the threads on marked cells; the cells that have one."""
    from lxml import etree

    part = package.related(sheet, "threadedComment")
    if part is None:
        return set()
    tree = package.tree(part)
    root = tree.getroot()
    space = root.tag.rpartition("}")[0] + "}"
    first = {e.get("ref", ""): e for e in reversed(root.findall(f"{space}threadedComment")) if not e.get("parentId")}
    found = {(row, column) for row, column in texts if f"{column_letter(column)}{row}" in first}
    if not found:
        return found
    person = _person(package, book)
    for row, column in sorted(found):
        ref = f"{column_letter(column)}{row}"
        thread = [e for e in root.findall(f"{space}threadedComment") if e.get("ref") == ref]
        reply = etree.Element(
            f"{space}threadedComment",
            ref=ref,
            dT=max([f"{day}T00:00:00.00", *(e.get("dT", "") for e in thread)]),
            personId=person,
            id=_guid(f"{part}!{ref}:{len(thread)}"),
            parentId=first[ref].get("id", ""),
        )
        etree.SubElement(reply, f"{space}text").text = texts[row, column]
        thread[-1].addnext(reply)
    package.put_tree(part, tree)
    return found


def _person(package: Package, book: str) -> str:
    """Ourselves among the people who comment."""
    from lxml import etree

    part = package.related(book, "person")
    if part is None:
        part = package.new_name("xl/persons/person", ".xml")
        package.put(part, f'<personList xmlns="{_THREADS}"/>'.encode())
        package.declare(part, "application/vnd.ms-excel.person+xml")
        package.relate(book, f"{_MICROSOFT}/person", part)
    tree = package.tree(part)
    root = tree.getroot()
    space = root.tag.rpartition("}")[0] + "}"
    me = next((e for e in root.iter(f"{space}person") if e.get("displayName") == AUTHOR), None)
    if me is None:
        me = etree.SubElement(
            root, f"{space}person", displayName=AUTHOR, id=_guid("person"), userId=AUTHOR, providerId="None"
        )
        package.put_tree(part, tree)
    return str(me.get("id"))


def _guid(name: str) -> str:
    return f"{{{uuid.uuid5(uuid.NAMESPACE_URL, f'{AUTHOR}/{name}')}}}".upper()


# --- the drawing


