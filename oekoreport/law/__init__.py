"""Law as data: packs of dated editions, the parameters in force for a grant, and reference data with its sources.

In come the packs that rulebooks bring and the project's notices; out go the ``Terms``: each parameter with its value,
source and status, or the word that nobody knows it, and the passage that a rule cites in the edition in force.
"""

from oekoreport.law.citations import Citation, Ground
from oekoreport.law.declared import Declared, declared_in
from oekoreport.law.facts import Matter, Parameter, Presence, Sort, Status
from oekoreport.law.grades import Grade, Grades
from oekoreport.law.instruments import Instrument, attached, instrument_of, instruments_in, named_in, usual_for
from oekoreport.law.packs import Pack, packs_in, read_pack
from oekoreport.law.published import PublishedCase, cases_in, cases_on
from oekoreport.law.strict import BadPack
from oekoreport.law.terms import Terms, terms_in_force
