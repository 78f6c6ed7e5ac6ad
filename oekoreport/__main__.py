"""Lets ``python -m oekoreport`` do what ``oekoreport`` does. Worker processes import it, hence the guard."""

from oekoreport.cli import main

if __name__ == "__main__":
    main()
