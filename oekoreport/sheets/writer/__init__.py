"""The one writer of workbooks: cells that lose nothing silently, looks, widths and heights, print set-up.

In come values of any kind (texts, numbers, days, figures) with the names of their looks; out go the bytes of an XLSX
file, the same for the same contents. Whoever writes a workbook hands in its palette (``Looks``).
"""

from oekoreport.sheets.writer.book import Workbook
from oekoreport.sheets.writer.looks import Looks
from oekoreport.sheets.writer.sheet import A3, BLANK, MOST_ROWS, PAGE_WIDTH, CellRefused, Live, Worksheet
