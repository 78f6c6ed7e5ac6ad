"""Charts: the words say the numbers, hostile labels draw, and the bytes are the same everywhere."""

import hashlib
import subprocess
import sys
from decimal import Decimal
from io import BytesIO

from oekoreport.documents.content.charts import Band, Bar, Pair, bands, bars, pairs
from oekoreport.documents.pdf.fonts import FACES, font_paths

ROWS = (
    Bar("Energie", Decimal(172158), "172.158 €/a"),
    Bar('#panic() *x* $y$ "& <b>', Decimal(-1), "−1 €/a"),
    Bar("Wasser", None, "[unbekannt]"),
)


def test_the_words_say_every_number() -> None:
    picture = bars("Einsparung", ROWS, language="de").picture()
    assert picture.alt == ('Einsparung: Energie 172.158 €/a; #panic() *x* $y$ "& <b> −1 €/a; Wasser [unbekannt]')
    assert picture.width == 160
    assert 5 < picture.height < 60


def test_plan_and_actual_are_told_by_name() -> None:
    rows = [Pair("Beratung", Bar("", Decimal(10), "10,00 €"), Bar("", Decimal(0), "0,00 €"))]
    assert pairs("Ausgaben", ("Plan", "Ist"), rows, language="de").alt == "Ausgaben: Beratung: Plan 10,00 €, Ist 0,00 €"


def test_bands_without_anything_in_them_still_draw() -> None:
    nothing = [Band("keine", Decimal(0), "0 %", "0"), Band("unbekannt", None, "?", "[unbekannt]")]
    assert bands("Bänder", nothing, language="de").picture().height > 5
    assert bars("Leer", [], language="de").picture().height > 0


def test_a_band_that_is_withheld_leaves_its_room_empty() -> None:
    """The last column of the bar's row is white, and the first third is not."""
    from PIL import Image

    shown = Band("unter 1 Jahr", Decimal(40), "40 %", "4")
    withheld = Band("über 3 Jahre", None, "nicht freigegeben", "nicht freigegeben")
    with Image.open(BytesIO(bands("x", [shown, withheld], language="de").picture().content)) as picture:
        row = [picture.convert("L").getpixel((picture.width * part // 100, 20)) for part in (20, 70)]
    assert row[0] != 255
    assert row[1] == 255


def test_a_longer_bar_has_more_ink() -> None:
    short = bars("x", [Bar("a", Decimal(100), ""), Bar("b", Decimal(1), "")], language="de").picture()
    long = bars("x", [Bar("a", Decimal(100), ""), Bar("b", Decimal(99), "")], language="de").picture()
    assert short.height == long.height
    assert short.content != long.content


def test_only_the_four_faces_are_offered() -> None:
    import typst

    fonts = typst.Fonts(include_system_fonts=False, include_embedded_fonts=False, font_paths=list(font_paths()))
    assert len(fonts.fonts()) == len(FACES)
    assert all(str(font.path).endswith(".ttf") for font in fonts.fonts())


BUILD = """
import hashlib
from decimal import Decimal
from oekoreport.documents.content.charts import Bar, bars
print(hashlib.sha256(bars("x", [Bar("Maß ẞ CO₂", Decimal(2), "2 €")], language="de").picture().content).hexdigest())
"""


def test_another_process_draws_the_same() -> None:
    here = bars("x", [Bar("Maß ẞ CO₂", Decimal(2), "2 €")], language="de").picture().content
    run = subprocess.run([sys.executable, "-c", BUILD], check=True, capture_output=True, text=True)
    assert run.stdout.strip() == hashlib.sha256(here).hexdigest()
