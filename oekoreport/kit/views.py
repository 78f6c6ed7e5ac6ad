"""What templates see: views of declared fields and figures, and what is printed for a value."""

from oekoreport.documents.views import Fields, Number, View, Views, context

__all__ = ["Fields", "Number", "View", "Views", "context"]
