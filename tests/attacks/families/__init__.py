"""The attacks, a file for each family: who sends files, who writes templates, who installs plugins, what systems do."""

from importlib import import_module
from pathlib import Path


def load() -> None:
    """Import every family, so that its attacks are registered, in the order of their names."""
    for path in sorted(Path(__file__).parent.glob("[a-z]*.py")):
        import_module(f"{__name__}.{path.stem}")
