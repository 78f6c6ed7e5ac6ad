"""Records: what importers yield of the files of a folder, and the project that is assembled from them.

In come sources (files, read when they are asked for) and flat records, each with the place of every field; out goes an
``Assembly``: the validated project of the model, the origins of its objects, and a finding for whatever a source gets
wrong.
"""

from oekoreport.records.assembly import Assembly, assemble
from oekoreport.records.balance import LEFT_OUT_NUMBERS, Balance, Cells, Role, numbers_left_out
from oekoreport.records.files import Files, Flaw, Inputs
from oekoreport.records.numbering import NUMBER
from oekoreport.records.record import UNREADABLE, Origin, Origins, Record, stand_in
from oekoreport.records.source import Claim, FileTooLarge, Source
