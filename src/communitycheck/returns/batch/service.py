"""The service of the processes that read parts of a batch, as light as it must be to leave pandas out in time."""

from __future__ import annotations

from collections.abc import Callable

from communitycheck.returns.files.startup import leave_pandas_out


def serve(set_up: bytes) -> Callable[[bytes], bytes]:
    """Told once what to read by, then a part with each job."""
    leave_pandas_out()
    from communitycheck.returns.batch.part_reader import part_reader  # some of what it needs converts as it loads

    return part_reader(set_up)
