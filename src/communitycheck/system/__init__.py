"""What differs between Linux, macOS and Windows, and is asked nowhere else.

    processes.py   which process runs, how many cores and how much memory there are, how Python is started
    memory.py      memory given back before a run asks for more
    meter.py       what another process uses, where the system does not limit it by itself
    scratch.py     folders for temporary files, gone when the run ends however it ended
    files.py       putting a file in the place of another; whether two names are one file
    user_key.py    a secret of the user's, by which a cache is known for one's own
    terminal.py    in which encoding text is printed, and whether colours are shown
"""
