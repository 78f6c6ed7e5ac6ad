"""A Word template's parts: opened and put in order by docxtpl, compiled by Jinja, both once; printed with values.

In come the bytes of a DOCX file; out go its compiled parts, which ``proof`` looks at and ``filling`` makes documents
of. The Word form of the narrative is written here too.
"""

from oekoreport.documents.word.faults import (
    BrokenPart,
    ForeignReference,
    ForeignTemplate,
    MarkFault,
    NoWordTemplate,
    located,
)
from oekoreport.documents.word.file import WordFile, word_file
from oekoreport.documents.word.foreign import Foreign, attached_template, foreign, foreign_relations, without_attached
from oekoreport.documents.word.narrative_form import begins_with_instruction, is_instruction
from oekoreport.documents.word.part import CompiledPart, understood
from oekoreport.documents.word.pictures import with_pictures
from oekoreport.documents.word.printing import NeedsDocxtpl, Rendering
from oekoreport.documents.word.properties import PROPERTIES, stripped
from oekoreport.documents.word.saving import saved_parts
from oekoreport.documents.word.source import BODY, opened
