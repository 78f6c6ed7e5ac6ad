"""The contract with plugins: the hooks they implement, and the registry that finds, vets and names them.

In come the entry points of installed packages; out go importers, exporters, rulebooks and template folders that keep
the contract, and for each plugin that does not, the reason.
"""

from oekoreport.contract.guard import ForeignFault, foreign_code
from oekoreport.contract.hookspecs import API, Exporter, Importer, NoOptions, Options, hookimpl
from oekoreport.contract.options import options_of
from oekoreport.contract.registry import PluginInfo, Registry
