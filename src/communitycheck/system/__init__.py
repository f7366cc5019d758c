"""The machine that a run uses. What differs between Linux, macOS and Windows is asked here and nowhere else.

    processes.py   which process runs, how many cores and how much memory there are, how Python is started
    threads.py     columns gone through side by side, and the next of something begun ahead
    memory.py      memory given back before a run asks for more
    limits.py      how much reading may use
    meter.py       what another process uses, where the system does not limit it by itself
    scratch.py     folders for temporary files, gone when the run ends however it ended
    files.py       putting a file in the place of another; whether two names are one file
    side_files.py  files beside the returns: small ones, and nothing but files
    user_key.py    a secret of the user's, by which a cache is known for one's own
    terminal.py    in which encoding text is printed, and whether colours are shown
    browser.py     whether somebody sits before a screen, and showing a page to them
    facts.py       what a bug report has to say of the machine
"""
