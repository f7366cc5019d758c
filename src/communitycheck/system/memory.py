"""Memory given back before more is asked for: by a run that judges once more, after what it has judged is done with."""

import gc
import sys


def give_back() -> None:
    """Free what nobody holds any more. What judges records holds itself in circles, and them with it; and Arrow keeps
    what it has freed for the threads that had it."""
    gc.collect()
    if "pyarrow" in sys.modules:
        sys.modules["pyarrow"].default_memory_pool().release_unused()
