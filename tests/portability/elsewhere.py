"""Runs a script as on another system: ``python elsewhere.py macos|windows SCRIPT ARGUMENT...`` (``-m`` for the tool).

What that system does not have is taken away before the script starts, and in every process that it starts. Windows
deletes and replaces no file that is open or mapped in any of these processes. What only Windows has cannot be given
here; the classes and files of ``communitycheck.system`` that ask for the system are told which it is.
"""

from __future__ import annotations

import contextlib
import importlib
import os
import runpy
import signal
import sys
import threading
from pathlib import Path
from typing import Any

NOT_ON_WINDOWS = (
    "resource", "fcntl", "pwd", "grp", "termios", "tty", "pty", "syslog", "readline", "curses", "nis",
    "multiprocessing.popen_fork", "multiprocessing.popen_forkserver",
)  # fmt: skip
OF_OS = (
    "fork", "forkpty", "getuid", "geteuid", "getgid", "getegid", "getgroups", "setuid", "getpgid", "getpgrp", "setpgid",
    "setsid", "getsid", "killpg", "chown", "lchown", "fchown", "chroot", "mkfifo", "mknod", "statvfs", "fstatvfs",
    "sysconf", "confstr", "nice", "getloadavg", "getpriority", "setpriority", "sync", "fdatasync", "pread",
    "pwrite", "sendfile", "posix_fadvise", "posix_fallocate", "memfd_create", "wait",
    "wait3", "wait4", "register_at_fork", "O_NOFOLLOW", "O_DIRECTORY", "O_CLOEXEC", "O_SYNC",
)  # fmt: skip
ONLY_ON_LINUX = tuple(name for name in dir(os) if name.startswith(("sched_", "pidfd_", "memfd_")))
OF_SIGNAL = (
    "SIGKILL", "SIGHUP", "SIGALRM", "SIGPROF", "SIGXCPU", "SIGXFSZ", "SIGUSR1", "SIGUSR2", "SIGPIPE", "SIGCHLD",
    "SIGQUIT", "SIGTSTP", "SIGCONT", "SIGSTOP", "SIGWINCH", "ITIMER_REAL", "ITIMER_PROF", "ITIMER_VIRTUAL", "setitimer",
    "getitimer", "alarm", "pause", "pthread_kill", "pthread_sigmask", "sigwait", "siginterrupt",
)  # fmt: skip

OF_PSUTIL = ("/proc/stat", "/proc/meminfo")
# Of this file alone: what is called while the audit hook looks.
_LOOKING = threading.local()


def no_proc(event: str, arguments: tuple[Any, ...]) -> None:
    """Nothing is there but what psutil, which asks otherwise elsewhere, reads of a process."""
    if event != "open" or getattr(_LOOKING, "now", False):
        return
    path = str(arguments[0])
    if path.startswith("/proc/") and not path.removeprefix("/proc/")[0].isdigit() and path not in OF_PSUTIL:
        raise FileNotFoundError(2, "No such file or directory", path)


def open_files_stay(event: str, arguments: tuple[Any, ...]) -> None:
    """What Windows says to those who delete or replace a file that is in use."""
    if event not in ("os.remove", "os.rename") or getattr(_LOOKING, "now", False):
        return
    _LOOKING.now = True
    try:
        if event == "os.remove":
            wanted = [_place(arguments[0], arguments[1])]
        else:
            wanted = [_place(arguments[0], arguments[2]), _place(arguments[1], arguments[3])]
        used = _in_use()
    finally:
        _LOOKING.now = False
    for place in wanted:
        if place in used:
            raise PermissionError(13, "The process cannot access the file: it is being used by another", place)


def _place(name: Any, folder: int) -> str:
    text = os.fsdecode(name)
    return os.path.realpath(text if folder < 0 else Path(f"/proc/self/fd/{folder}").readlink() / text)


def _in_use() -> set[str]:
    """Files that this process, its parent and its children hold open or have mapped."""
    here = os.getpid()
    mine = []
    for thread in Path(f"/proc/{here}/task").iterdir():
        mine += (thread / "children").read_text("ascii").split()
    found: set[str] = set()
    for pid in (here, os.getppid(), *mine):
        with contextlib.suppress(OSError):  # it has ended
            found |= {mapped for line in _lines(f"/proc/{pid}/maps") if (mapped := line[line.find("/") :])}
            for opened in Path(f"/proc/{pid}/fd").iterdir():
                with contextlib.suppress(OSError):  # it has been closed
                    found.add(str(opened.readlink()))
    return found


def _lines(path: str) -> list[str]:
    return Path(path).read_text("utf-8", "replace").splitlines()


def take_away(system: str) -> None:
    # Python's own library keeps what it needs here to start processes and make temporary files; so does psutil.
    for name in ("concurrent.futures", "multiprocessing", "random", "shutil", "socket", "tempfile", "psutil"):
        with contextlib.suppress(ImportError):  # a reader has no psutil, and needs none
            importlib.import_module(name)
    import subprocess

    for name in (*ONLY_ON_LINUX, *(OF_OS if system == "windows" else ())):
        if hasattr(os, name):
            delattr(os, name)
    if system == "windows":
        for name in NOT_ON_WINDOWS:
            sys.modules[name] = None  # type: ignore[assignment]
        for name in OF_SIGNAL:
            if hasattr(signal, name):
                delattr(signal, name)

        _only_shoot(subprocess)
        sys.addaudithook(open_files_stay)
    else:
        import resource

        def setrlimit(kind: int, limits: tuple[int, int]) -> None:
            raise ValueError("current limit exceeds maximum limit")

        resource.setrlimit = setrlimit
    sys.addaudithook(no_proc)
    _start_processes_elsewhere(system, subprocess)


def _only_shoot(subprocess: Any) -> None:
    """No signal asks a process on Windows; it can be ended, at once."""
    shoot = os.kill

    def kill(pid: int, number: int) -> None:
        if sys._getframe(1).f_globals["__name__"].partition(".")[0] != "psutil":  # which asks otherwise there
            raise AssertionError(f"os.kill({pid}, {number}) would end that process on Windows")
        shoot(pid, number)

    def end(process: Any) -> None:
        if process.poll() is None:
            shoot(process.pid, 9)

    os.kill = kill
    subprocess.Popen.kill = subprocess.Popen.terminate = end


def _start_processes_elsewhere(system: str, subprocess: Any) -> None:
    started = subprocess.Popen.__init__

    def start(self: Any, command: Any, *arguments: Any, **options: Any) -> None:
        options.pop("creationflags", None)
        place = next((i for i, word in enumerate(command) if str(word).endswith("child.py")), None)
        if place is not None:
            command = [*command[:place], __file__, system, *command[place:]]
        started(self, command, *arguments, **options)

    subprocess.Popen.__init__ = start


def tell_which(system: str) -> None:
    """What the tool asks of the system it runs on, answered as there."""
    from communitycheck.system import files, meter, processes, terminal

    meter.NEEDED = True
    if system == "windows":
        files.OPEN_FILES_STAY = True
        processes.SIGNALS_ASK = False
        processes.READING_IS_DEAF = True
        page = os.environ.get("CONSOLE_CODE_PAGE")
        terminal.console_encoding = lambda: page


def _tell_before_the_service(system: str) -> None:
    """A child can import the tool only when it comes to load its service."""
    load = importlib.import_module

    def told(name: str, package: str | None = None) -> Any:
        importlib.import_module = load
        tell_which(system)
        return load(name, package)

    importlib.import_module = told


def main() -> None:
    _, system, script, *arguments = sys.argv
    take_away(system)
    if script != "-m":
        _tell_before_the_service(system)
        sys.argv = [script, *arguments]
        runpy.run_path(script, run_name="__main__")
        return
    tell_which(system)
    sys.argv = ["communitycheck", *arguments]
    from communitycheck.cli import main as tool

    tool()


if __name__ == "__main__":
    main()
