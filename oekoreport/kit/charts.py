"""Charts as values: Word prints a picture of them, Typst draws them."""

from oekoreport.documents.content import Band, Bar, Chart, Pair, bands, bars, pairs

__all__ = ["Band", "Bar", "Chart", "Pair", "bands", "bars", "pairs"]
