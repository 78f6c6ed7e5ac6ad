"""Word documents from templates: an officer's file with placeholders in, a document out; same input, same bytes.

The template's marks are docxtpl's: ``{{ name }}``, ``{% for … %}``, and ``{%tr … %}``, ``{%p … %}``, ``{%tc … %}``,
``{%r … %}`` for loops over rows, paragraphs, cells and runs; ``{{p … }}`` prints whole paragraphs, ``{{r … }}`` text
with formats of its own. A document is the filled parts, appended to an archive of those that no placeholder changes.
"""

from oekoreport.documents.filling.template import Template, compiled
