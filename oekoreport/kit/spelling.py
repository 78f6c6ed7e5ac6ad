"""How people spell the values of fields, and how a table without types spells its numbers.

What a spelling means is decided by who reads a file: with ``Attribute.read`` and these functions, which raise BadValue.
"""

from oekoreport.model.spelling import BadValue, read_number
from oekoreport.sheets.tables.numbers import Numbers

__all__ = ["BadValue", "Numbers", "read_number"]
