"""Views: what a template sees of a report. Declared fields and figures only, everything formatted or marked.

In come a report and its locale; out go the values that a template may name (``context``), the Jinja environment that
prints them strictly, and the same values as plain data for Typst.
"""

from oekoreport.documents.views.bounds import Budget, TooMuchAsked
from oekoreport.documents.views.placeholders import (
    FILTERS,
    LOOP,
    PRINTER,
    VALUES,
    NoSuchPlaceholder,
    NotAllowed,
    Printer,
    environment,
    nearest,
)
from oekoreport.documents.views.plain import Names, Plain
from oekoreport.documents.views.vetting import vetted
from oekoreport.documents.views.view import Bare, Fields, Number, Reference, View
from oekoreport.documents.views.views import LazyFigure, NounView, Views, context
