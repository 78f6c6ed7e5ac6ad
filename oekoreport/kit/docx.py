"""Word documents from an officer's templates."""

from oekoreport.documents.word import Template

__all__ = ["Template"]
