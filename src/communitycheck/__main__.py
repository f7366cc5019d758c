"""``python -m communitycheck``."""

from communitycheck.cli import main

if __name__ == "__main__":
    main()
