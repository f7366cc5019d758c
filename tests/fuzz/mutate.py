"""Files spoilt by seed: bytes flipped, cut, repeated and swapped, and the parts inside packed workbooks likewise."""

from __future__ import annotations

import contextlib
import io
import random
import re
import zipfile
from collections.abc import Sequence
from pathlib import Path

from paths import ROOT, SHARED

RETURNS = SHARED / "returns"
# A mutated file larger than this says nothing new and only costs time.
LARGEST = 3 << 20
NUMBERS = (b"0", b"-1", b"1", b"65535", b"65536", b"1048576", b"16384", b"2147483647", b"4294967295", b"99999999999999")


def originals(folders: Sequence[Path] = ()) -> list[Path]:
    """Real returns where they are at hand, and the sample data, or what is in ``folders``; always the same order."""
    chosen = folders or [folder for folder in (RETURNS, ROOT / "sample_data") if folder.is_dir()]
    suffixes = {".xlsx", ".xls", ".csv", ".ods", ".et", ".xlsb"}
    found = [file for folder in chosen for file in sorted(folder.iterdir()) if file.suffix.lower() in suffixes]
    return [file for file in found if file.stat().st_size <= LARGEST]


def mutated(data: bytes, rng: random.Random) -> bytes:
    """One to six faults in a file; in a packed one half of the time inside one of its parts."""
    if data[:2] == b"PK" and rng.random() < 0.6:
        with contextlib.suppress(zipfile.BadZipFile):  # not every file that people have is whole
            inside = _inside(data, rng)
            if inside is not None:
                return inside
    return spoilt_bytes(data, rng, rng.randint(1, 6))


def _inside(data: bytes, rng: random.Random) -> bytes | None:
    """The same archive with one part spoilt and packed properly again, so that no checksum gives it away."""
    sink = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as archive, zipfile.ZipFile(sink, "w", zipfile.ZIP_DEFLATED) as packed:
        names = [n for n in archive.namelist() if n.endswith((".xml", ".rels", ".bin"))]
        if not names:
            return None
        chosen = rng.choice(names)
        drop = rng.random() < 0.08
        for name in archive.namelist():
            part = archive.read(name)
            if name == chosen:
                if drop:
                    continue
                part = _spoilt_markup(part, rng) if rng.random() < 0.7 else spoilt_bytes(part, rng, rng.randint(1, 6))
            packed.writestr(name, part)
    return sink.getvalue()


def _spoilt_markup(part: bytes, rng: random.Random) -> bytes:
    """Numbers and tags of a part changed: counts that lie, cells far out, elements that never close."""
    for _ in range(rng.randint(1, 4)):
        numbers = list(re.finditer(rb"\d+", part[: 1 << 20]))
        tags = list(re.finditer(rb"<[^>]+>", part[: 1 << 20]))
        if numbers and rng.random() < 0.6:
            at = rng.choice(numbers)
            part = part[: at.start()] + rng.choice(NUMBERS) + part[at.end() :]
        elif tags:
            at = rng.choice(tags)
            again = rng.choice((b"", at.group() * 2, at.group() * 300))
            part = part[: at.start()] + again + part[at.end() :]
    return part


def spoilt_bytes(data: bytes, rng: random.Random, faults: int) -> bytes:
    """Bits flipped, pieces overwritten, deleted, doubled and moved, the end lost."""
    out = bytearray(data)
    for _ in range(faults):
        if not out:
            break
        at = rng.randrange(len(out))
        span = min(len(out) - at, rng.choice((1, 2, 4, 16, 512, 4096)))
        match rng.randrange(8):
            case 0:
                out[at] ^= 1 << rng.randrange(8)
            case 1:
                out[at : at + span] = rng.randbytes(span)
            case 2:
                out[at : at + span] = bytes(span)
            case 3:
                out[at : at + span] = b"\xff" * span
            case 4:
                del out[at : at + span]
            case 5:
                out[at:at] = out[at : at + span] * rng.randint(1, 4)
            case 6:
                del out[at if rng.random() < 0.3 else max(at, len(out) - span) :]
            case _:
                other = rng.randrange(len(out))
                out[at : at + span] = out[other : other + span]
    return bytes(out)
