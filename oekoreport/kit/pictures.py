"""Pictures for documents, opened safely and told by their bytes."""

from oekoreport.documents.content import NO_WORDS, ORIENTATION, NoPicture, Picture, opened

__all__ = ["NO_WORDS", "ORIENTATION", "NoPicture", "Picture", "opened"]
