"""Proofs a Word template: every fault at once, each with its place, before anything is filled.

In come the file as an officer wrote it and the values that documents are filled with; out goes a ``Fault`` for each
thing that is wrong, tag by tag, so that one hides no other. What has no fault, ``filling`` can fill.
"""

from oekoreport.documents.proof.comments import with_comments
from oekoreport.documents.proof.contents import Placeholder, like, placeholders
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.proof import first_fault, proof
from oekoreport.documents.proof.shapes import Sort
from oekoreport.documents.proof.spots import Spot
