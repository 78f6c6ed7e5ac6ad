"""Lets ``python -m oekoreport`` do what ``oekoreport`` does. Worker processes import it, hence the guard."""

import sys

if __name__ == "__main__":
    if not sys.flags.safe_path:
        del sys.path[0]  # the current folder, which may be a project's: what lies there is data
    from oekoreport.cli import main

    main()
