"""``oekoreport batch``: every project below a folder."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oekoreport.cli.arguments import ORDER, order_of
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session
from oekoreport.cli.texts import Argument, Option, command
from oekoreport.cli.watching import sweep_up
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from oekoreport.build.batch import Result

_ = catalogue("oekoreport")


@command(
    _(
        "Build every project below a folder.\n\nProjects that are up to date are skipped. A project that cannot "
        "be built is named and does not affect the others. Exit codes: 1 if documents are drafts, 2 if a "
        "project could not be built."
    ),
    Argument(
        ["root"],
        metavar=_("ROOT"),
        type=click.Path(path_type=Path),
        help=_("The folder to search for projects."),
    ),
    Option(
        ["-j", "--jobs"],
        type=click.IntRange(min=1),
        metavar=_("N"),
        help=_("How many projects are built at a time; by default one per processor."),
    ),
    Option(["--force"], is_flag=True, help=_("Build projects that are up to date too.")),
    *ORDER,
    watched=False,  # its projects are, each in its worker
)
def batch(
    session: Session,
    root: Path,
    jobs: int | None,
    force: bool,
    **asked: Any,
) -> Exit:
    """Return FAILED where a project could not be built, FINDINGS where documents are drafts."""
    from oekoreport.build.batch import BuildState, find_projects, run, unopened

    if session.again is not None:
        sweep_up(session)
    found = find_projects(root)
    order = order_of(**asked)
    going = run(found.projects, order, session.registry, limits=session.limits, jobs=jobs, force=force)
    results = [*unopened(found)]
    try:
        for result in _shown(session, len(found.projects), going):
            results.append(result)  # noqa: PERF402 - what came before Ctrl+C is kept
    except KeyboardInterrupt:
        _print_summary(session, results)
        left = len(found.projects) + len(found.closed) - len(results)
        session.say(_("Stopped. Projects not looked at: {number}", number=left), "bold red")
        return Exit.FAILED
    _print_summary(session, results)
    if any(result.state is BuildState.FAILED for result in results):
        return Exit.FAILED
    return Exit.FINDINGS if any(result.draft for result in results) else Exit.CLEAN


def _shown(session: Session, total: int, results: Iterator[Result]) -> Iterator[Result]:
    """Show a bar on a terminal while results come in."""
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

    console = session.aside()
    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal, transient=True) as progress:
        task = progress.add_task(session.locale.show(_("Projects")), total=total)
        for result in results:
            progress.advance(task)
            yield result


def _print_summary(session: Session, results: Sequence[Result]) -> None:
    """Print each project that was built or failed, with the reason, and the counts."""
    from oekoreport.build.batch import BuildState

    show = session.locale.show
    results = sorted(results, key=lambda result: result.folder)
    for result in results:
        if result.state is BuildState.BUILT:
            made = _("documents: {number}", number=result.documents)
            draft = f", {show(_('drafts'))}" if result.draft else ""
            session.say(f"{result.folder}  {show(made)}{draft}")
        for note in result.notes:
            session.say(f"{result.folder}  {show(_('Note: {note}', note=note))}", "cyan")
    for result in results:
        if result.state is BuildState.FAILED:
            _print_failure(session, result)
    states = [result.state for result in results]
    summary = _(
        "Projects: {total} · built: {built} · up to date: {skipped} · drafts: {drafts} · failed: {failed}",
        total=len(results),
        built=states.count(BuildState.BUILT),
        skipped=states.count(BuildState.SKIPPED),
        drafts=sum(result.draft for result in results),
        failed=states.count(BuildState.FAILED),
    )
    session.say(summary, "bold")


def _print_failure(session: Session, result: Result) -> None:
    session.say(f"{result.folder}  {session.locale.show(_('could not be built'))}", "bold red")
    for reason in result.reasons:
        for line in reason.localize(session.locale).splitlines():
            session.say(f"  {line}")
