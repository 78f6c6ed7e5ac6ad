"""The rulebook of grants of Nordrhein-Westfalen, and the editions of its law as dated data."""

from __future__ import annotations

from collections.abc import Iterator
from importlib.resources import files

from oekoreport import Pack, Project, Rulebook, catalogue
from oekoreport_nrw import rules_accounts, rules_drawdowns, rules_grant, rules_period, rules_plan

_ = catalogue("oekoreport_nrw")

LAND = "NW"


def packs() -> Iterator[Pack]:
    """Yield the editions in the order of their file names."""
    folder = files("oekoreport_nrw") / "packs"
    for entry in sorted(folder.iterdir(), key=lambda entry: entry.name):
        if entry.name.endswith(".toml"):
            yield Pack.from_toml(entry.read_text(encoding="utf-8"), f"nrw/{entry.name.removesuffix('.toml')}")


def applies(project: Project) -> bool:
    """Tell whether the grant is one of this Land."""
    return project.grant is not None and project.grant.land == LAND


RULEBOOK = Rulebook(
    name="nrw",
    title=_("Grants of Nordrhein-Westfalen"),
    edition="2026-11",
    rules=(
        rules_plan.plan_is_balanced,
        rules_plan.line_within_tolerance,
        rules_plan.total_within_plan,
        rules_plan.line_underspent,
        rules_plan.parts_on_lines_in_force,
        rules_plan.position_cap,
        rules_period.inside_approval_period,
        rules_period.paid_before_service,
        rules_grant.notices_make_the_grant,
        rules_grant.grant_within_cap,
        rules_grant.rate_within_guideline,
        rules_grant.grant_by_rate_of_plan,
        rules_grant.enough_participants,
        rules_grant.report_in_time,
        rules_drawdowns.after_final_notice,
        rules_drawdowns.paid_out_at_most,
        rules_accounts.books_agree,
    ),
    packs=tuple(packs()),
    applies=applies,
)
