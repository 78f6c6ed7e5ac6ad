"""How properties are tested: with the same examples each time, and without a clock.

The gate turns red only by what a change did. So the examples follow from the source of the property and not from
chance, none is remembered from an earlier run, and none has a time limit: how long it takes depends on what else the
machine does, and the benchmarks measure speed. A property whose examples each write a document says that it takes
fewer than Hypothesis' hundred. ``pytest --hypothesis-profile=search`` looks for a fault among other and more examples.
"""

from hypothesis import HealthCheck, settings

settings.register_profile("gate", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow])
settings.register_profile("search", settings.get_profile("gate"), derandomize=False, max_examples=1000, print_blob=True)
settings.load_profile("gate")
