"""``oekoreport explain``: how a printed number came to be, down to the cells."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

from oekoreport.cli.arguments import AS_OF, project_folder
from oekoreport.cli.exits import Exit
from oekoreport.cli.session import Session, bare_table
from oekoreport.cli.texts import Argument, Option, command
from oekoreport.cli.unused import print_unused
from oekoreport.language import Locale, catalogue

if TYPE_CHECKING:
    from rich.console import RenderableType
    from rich.table import Table
    from rich.text import Text
    from rich.tree import Tree

    from oekoreport.figures import Figure, Figures
    from oekoreport.report import Node

_ = catalogue("oekoreport")

UNBROKEN = 500
"""How wide a tree may be in a pipe, where a line is better long than broken."""


@command(
    _(
        "Show how a figure is computed.\n\nWith the name of a figure: everything that it is computed from, down "
        "to cells, files and facts, and what is missing if it is unknown. Without a name: all figures."
    ),
    project_folder(),
    Argument(
        ["figure"],
        metavar=_("[FIGURE]"),
        required=False,
        help=_("The figure's name, for example savings.co2 or settlement.grant_due."),
    ),
    Option(["--all", "each"], is_flag=True, help=_("List the figures of each participant, line and receipt too.")),
    Option(["--unused", "idle"], is_flag=True, help=_("List the numbers that were read and enter no figure.")),
    AS_OF,
)
def explain(  # noqa: PLR0913 - click gives each option by name
    session: Session, folder: Path, figure: str | None, *, each: bool, idle: bool, as_of: date | None
) -> Exit:
    """Return CLEAN: an unknown figure is an answer too."""
    from oekoreport.build.examination import report_on
    from oekoreport.report import explain as derive
    from oekoreport.report import unused

    report = report_on(folder, session.sound_registry, as_of)
    if idle:
        print_unused(session, unused(report), each=each)
    elif figure is None:
        session.console().print(_listing(report.figures, session.locale, each=each))
        if not each:
            session.say(_("Figures of single objects are counted here; --all lists them."))
    else:
        session.console(UNBROKEN).print(_tree(derive(report, figure), session.locale))
    return Exit.CLEAN


def _listing(figures: Figures, locale: Locale, *, each: bool) -> Table:
    """Return all figures, those of single objects collapsed to one row unless ``each``."""
    table = bare_table()
    table.add_column(locale.show(_("Figure")), overflow="fold", style="cyan")
    table.add_column(locale.show(_("Meaning")), ratio=1)
    table.add_column(locale.show(_("Value")), justify="right", no_wrap=True)
    for row in _rows(figures.values(), locale, each=each):
        table.add_row(*row)
    return table


def _rows(figures: Iterable[Figure], locale: Locale, *, each: bool) -> Iterator[tuple[str, str, RenderableType]]:
    from collections import Counter

    from rich.text import Text

    listed = list(figures)
    sizes = Counter(figure.name.partition("/")[0] for figure in listed if "/" in figure.name)
    collapsed: set[str] = set()
    for figure in listed:
        base, slash, _key = figure.name.partition("/")
        if not slash or each:
            yield figure.name, locale.show(figure.title), Text(locale.show(figure), "" if figure.known else "yellow")
        elif base not in collapsed:
            collapsed.add(base)
            yield f"{base}/…", locale.show(figure.title), Text(f"× {sizes[base]}", "dim")


def _tree(node: Node, locale: Locale, parent: Tree | None = None) -> Tree:
    from rich.tree import Tree

    label = _label(node, locale)
    tree = Tree(label) if parent is None else parent.add(label)
    for branch in node.branches:
        _tree(branch, locale, tree)
    return tree


def _label(node: Node, locale: Locale) -> Text:
    """Return a node as text: title, value, and its cell or how it is computed."""
    from rich.text import Text

    from oekoreport.figures import UNKNOWN
    from oekoreport.report import Root

    if node.root is Root.MISSING:
        text = Text(locale.show(_("missing: {what}", what=node.title)), "bold yellow")
        text.append(f" ({node.name})" if node.name else "", "dim")
        return text.append(f"  {locale.show(node.place)}" if node.place else "", "cyan")
    text = Text(locale.show(node.title), "bold" if node.root is Root.FIGURE else "")
    text.append(f" ({node.name})" if node.name else "", "dim")
    text.append(" = ")
    text.append(
        locale.show(UNKNOWN if node.value is None else node.value), "bold yellow" if node.value is None else "green"
    )
    if node.place:
        text.append(f"  {locale.show(node.place)}", "cyan")
    if node.repeated:
        text.append(f"  {locale.show(_('(see above)'))}", "dim")
    elif node.note:
        text.append(f"  {locale.show(node.note)}", "italic dim")
    return text
