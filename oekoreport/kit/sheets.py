"""Workbooks, written: cells that lose nothing silently, looks, number formats, print set-up."""

from oekoreport.sheets.writer import A3, BLANK, MOST_ROWS, Live, Looks, Workbook, Worksheet
from oekoreport.sheets.writer.numbers import day_format, exact, figure_format, number_format
from oekoreport.sheets.writer.texts import running_text
from oekoreport.sheets.writer.widths import WIDEST

__all__ = [
    "A3",
    "BLANK",
    "MOST_ROWS",
    "WIDEST",
    "Live",
    "Looks",
    "Workbook",
    "Worksheet",
    "day_format",
    "exact",
    "figure_format",
    "number_format",
    "running_text",
]
