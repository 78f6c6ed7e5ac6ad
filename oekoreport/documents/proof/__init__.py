"""Proofs a Word template: every fault at once, each with its place, before anything is filled.

``proof(content, contexts)`` reads the file as an officer wrote it, tag by tag, so that one fault hides no other; names
are looked up in the values that documents are filled with. What is found clean, ``kit.docx`` can fill.
"""

from oekoreport.documents.proof.comments import with_comments
from oekoreport.documents.proof.contents import Placeholder, like, placeholders
from oekoreport.documents.proof.faults import Fault, Kind
from oekoreport.documents.proof.proof import first_fault, proof
from oekoreport.documents.proof.shapes import Sort
from oekoreport.documents.proof.spots import Spot

__all__ = [
    "Fault",
    "Kind",
    "Placeholder",
    "Sort",
    "Spot",
    "first_fault",
    "like",
    "placeholders",
    "proof",
    "with_comments",
]
