"""Law as data: packs of dated editions, the parameters in force for a grant, and reference data with its sources.

In come the packs that rulebooks bring and the project's notices; out go the ``Terms``: each parameter with its value,
source and status, or the word that nobody knows it.
"""
