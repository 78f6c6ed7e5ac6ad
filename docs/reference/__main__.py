"""Write the pages beside this folder."""

from pathlib import Path

from . import pages

for name, text in pages().items():
    (Path(__file__).parents[1] / name).write_text(text, encoding="utf-8")
