"""The report: everything that documents are made of, and where its numbers come from.

In come project, figures and verdicts; out go the frozen ``Report`` that exporters read, the templates that they fill,
and the explanation of a figure down to cells, files and facts.
"""

from oekoreport.report.explanation import Node, Root, explain
from oekoreport.report.report import Document, Rendered, Report
from oekoreport.report.templates import NoSuchTemplate, TemplateFolder, Templates, shipped_templates
from oekoreport.report.unsure import Unsure
from oekoreport.report.unused import Unused, unused
