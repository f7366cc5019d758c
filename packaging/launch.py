"""What the stand-alone program runs: a reader of its own, returns dropped on it, or a command line."""

import sys

CHILD = "--communitycheck-child"  # as ``communitycheck.system.processes`` starts it

if sys.argv[1:2] == [CHILD]:
    from communitycheck.returns.files.workers import child

    child.main(sys.argv[2:])
else:
    from communitycheck.cli.dropped import main

    main()
