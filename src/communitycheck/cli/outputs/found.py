"""What a command has found: into the files that are asked for, else onto standard output."""

from collections.abc import Callable, Iterator, Sequence
from typing import Any

from communitycheck.cli.console import Console


def hand_over(
    found: Any,
    outputs: Sequence[str],
    format: str,
    console: Console,
    *,
    anything: bool,
    render: Callable[..., Iterator[str]],
    write: Callable[..., None],
    written: str = "compare-written-file",
    force: bool,
    details: bool,
) -> None:
    """Write or print it; of nothing no file is made and no text printed.

    Args:
        anything: whether anything was found.
        written: the code of the message that a file is there.
    """
    if outputs:
        for path in outputs if anything else ():
            write(found, path, console.lang, force=force)
            console.remark(console.say(written, path=path))
    elif anything or format != "text":
        text = render(found, format, console.lang, colour=console.colour, width=console.width, details=details)
        console.print(text, data=format != "text")
