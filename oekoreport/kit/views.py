"""What templates see: views of declared fields and figures, and what is printed for a value."""

from oekoreport.documents.views.view import Fields, Number, View
from oekoreport.documents.views.views import Views, context

__all__ = ["Fields", "Number", "View", "Views", "context"]
