"""Whether somebody sits before a screen here, and showing a page to them."""

from __future__ import annotations

import os
import sys
from pathlib import Path


def shown(path: Path) -> bool:
    """Open a page in the browser; False where there is none, or nobody to look."""
    if not has_screen():
        return False
    import webbrowser  # for this alone

    try:
        return webbrowser.open(path.absolute().as_uri())
    except (webbrowser.Error, OSError):
        return False


def has_screen() -> bool:
    """False in CI, and in a session that came over the network or has no display: a browser in text would take over."""
    if os.environ.get("CI", "").strip().lower() not in ("", "0", "false"):
        return False
    if sys.platform == "win32":
        return True
    if os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"):
        return True
    return sys.platform == "darwin" and not os.environ.get("SSH_CONNECTION")
