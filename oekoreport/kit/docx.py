"""Word documents from an officer's templates."""

from oekoreport.documents.rendered import Rendered
from oekoreport.documents.word import BrokenPart, ForeignTemplate, NoWordTemplate, Template, WrongSink, render

__all__ = ["BrokenPart", "ForeignTemplate", "NoWordTemplate", "Rendered", "Template", "WrongSink", "render"]
