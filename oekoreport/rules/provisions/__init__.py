"""General grant law: what every Land asks for, written once.

A provision knows its title, its objects and its judge, but no Land: ``under`` makes a rule of it, with a code and the
passage that it rests on. ``LandLaw`` does so for all provisions, under the editions that a plugin's packs hold.
"""

from oekoreport.rules.provisions.land import LandLaw
from oekoreport.rules.provisions.provision import Provision, provision
