"""For plugin authors: contract suites for exporters, case files for rules, and rounds to try them on.

- ``ExporterContract``: tests to inherit, in one line.
- ``cases``: ``cases_in(file)``, ``check(case, rulebooks, records)`` and ``documentation_faults(rulebook, folder)``.
- ``round.clean_round()``: the small clean round that case files change.
"""

import pytest

pytest.register_assert_rewrite("oekoreport.testing.exporters")

from oekoreport.testing.exporters import ExporterContract  # noqa: E402 - its assertions are rewritten first

__all__ = ["ExporterContract"]
