"""Processes that do jobs for this one: files are read in them, and whole parts of a batch.

A process serves one *service*: a function that is given its set-up once and returns what answers each job. Jobs and
answers are bytes. What a process may use and for how long is said with each job (``Limits``).

    framing.py   messages on a pipe, with the limits of the job
    child.py     the loop of the child, started without site packages
    worker.py    one process, seen from its parent: start, ask, stop
    guard.py     ends it over a job that hangs, or that uses too much where the system does not see to that
    standby.py   processes kept from one job to the next, replaced when they are worn out
    pool.py      several processes at once, and what becomes of a job whose process died

Why this is our own. To start a process, have it do one job that does nothing, and end it costs 65 ms of processor
time here, imports included; 109 ms with ``concurrent.futures`` and 184 ms with pebble 5.2 (both spawning; forking is
no way out, for Arrow has threads running by then). Neither limits the memory of a job, nor ends a process whose
parent was killed in the middle of one. The executor has no time limit, and breaks as a whole when one process dies:
which job did it, and which others may go on, cannot be told.
"""
