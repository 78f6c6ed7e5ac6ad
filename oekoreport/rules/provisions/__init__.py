"""General grant law: what every Land asks for, written once.

A provision knows its title, its objects and its judge, but no Land: ``under`` makes a rule of it, with the code and the
passage of the Land's own text. ``of_every_grant`` and ``of_conditions`` do so for all provisions that a Land shares.
"""

from __future__ import annotations

from oekoreport.rules.provisions.provision import Provision, provision
from oekoreport.rules.provisions.sets import Passage, of_conditions, of_every_grant

__all__ = ["Passage", "Provision", "of_conditions", "of_every_grant", "provision"]
