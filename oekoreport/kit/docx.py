"""Word documents from an officer's templates."""

from oekoreport.documents.filling import Template

__all__ = ["Template"]
