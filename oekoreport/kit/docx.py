"""Word documents from an officer's templates."""

from oekoreport.documents.word import Template, render

__all__ = ["Template", "render"]
