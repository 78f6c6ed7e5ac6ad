"""The reference pages of the folder above, written from the code that they describe: ``make docs``."""

from __future__ import annotations

import json

from oekoreport.model import Project

from .data import data
from .editions import editions
from .fields import fields
from .figures import figures
from .kit import kit
from .law import law
from .licences import licences_page
from .rules import rules
from .template_faults import template_faults


def pages() -> dict[str, str]:
    """Return the generated pages by file name."""
    return {
        "data.md": data(),
        "editions.md": editions(),
        "fields.md": fields(),
        "figures.md": figures(),
        "kit.md": kit(),
        "law.md": law(),
        "licences.md": licences_page(),
        "rules.md": rules(),
        "template-faults.md": template_faults(),
        "project.schema.json": json.dumps(Project.model_json_schema(), ensure_ascii=False, indent=1) + "\n",
    }
