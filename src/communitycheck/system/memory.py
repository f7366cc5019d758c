"""Memory given back: by a run that judges once more, after what it has judged is done with, and between the steps of
one that judges very many records."""

import gc
import sys
from contextlib import suppress

# From so many records on it is worth the time: what a step leaves behind is tens of megabytes.
MANY = 100_000


def give_back() -> None:
    """Free what nobody holds any more. What judges records holds itself in circles, and them with it."""
    gc.collect()
    give_back_free()


def give_back_free() -> None:
    """Let the system have what is free already. Arrow keeps what it has freed for the threads that had it, and the C
    library what lies between pieces that are still in use, where nothing larger fits in."""
    if "pyarrow" in sys.modules:
        sys.modules["pyarrow"].default_memory_pool().release_unused()
    if sys.platform == "linux":
        import ctypes  # for few runs

        with suppress(AttributeError, OSError):  # not every C library has it
            ctypes.CDLL(None).malloc_trim(0)
