"""Content that Word and PDF print alike, each in its own way: prose with its pictures, and charts.

In come the Markdown of a narrative, the bytes of a picture, or figures to compare; out go values that a template
places: ``Prose``, ``Picture`` and ``Chart``, each with a text for readers who cannot see it.
"""

from oekoreport.documents.content.charts import Band, Bar, Chart, Pair, bands, bars, pairs
from oekoreport.documents.content.picture import NO_WORDS, ORIENTATION, NoPicture, Picture, opened
from oekoreport.documents.content.prose import Prose, Styles, paragraph, paragraphs
from oekoreport.documents.content.prose_blocks import blocks
from oekoreport.documents.content.prose_extent import BLOCKS, PIECES, Extent, TextTooLarge, refuse_too_large
from oekoreport.documents.content.prose_text import DAMAGED, Parsed, parsed, without_pictures, words
