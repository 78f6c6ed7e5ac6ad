"""What several commands take: the project's folder, the reference date, exporters and their options."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from oekoreport.cli.texts import Argument, Option, session_of
from oekoreport.language import catalogue

if TYPE_CHECKING:
    from oekoreport.build.manifest import Order
    from oekoreport.model.grant import Land

_ = catalogue("oekoreport")


class DayType(click.ParamType[date]):
    """A day as people write it here, or as ISO 8601 has it."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        """Return the day that the text names; click reports the option if it names none."""
        from datetime import datetime

        for pattern in ("%Y-%m-%d", "%d.%m.%Y"):
            try:
                return datetime.strptime(value, pattern).date()  # noqa: DTZ007 - a day has no time zone
            except ValueError:
                continue
        message = _("“{text}” is not a date. Write 2021-06-30 or 30.06.2021.", text=value)
        return self.fail(session_of(ctx).locale.show(message) if ctx else message, param, ctx)


class LandType(click.ParamType["Land"]):
    """A Land by its short code."""

    name = "land"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> Land:
        """Return the Land of a code; click reports the option if there is none."""
        from oekoreport.model.grant import Land

        try:
            return Land(value.upper())
        except ValueError:
            message = _("“{text}” is no Land; there is {codes}.", text=value, codes=tuple(Land))
            return self.fail(session_of(ctx).locale.show(message) if ctx else message, param, ctx)


class ExporterOption(click.ParamType[tuple[str, str, str]]):
    """An option of an exporter: ``EXPORTER.OPTION=VALUE``."""

    name = "exporter option"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> tuple[str, str, str]:
        """Return exporter, option and value."""
        place, equals, setting = value.partition("=")
        exporter, dot, option = place.partition(".")
        if equals and dot and exporter and option:
            return exporter, option, setting
        message = _("“{text}” is not an exporter option. Write EXPORTER.OPTION=VALUE.", text=value)
        return self.fail(session_of(ctx).locale.show(message) if ctx else message, param, ctx)


def project_folder(*, required: bool = True) -> Argument:
    """Return the argument that names the folder of a project."""
    return Argument(
        ["folder"],
        required=required,
        metavar=_("DIR") if required else _("[DIR]"),
        type=click.Path(path_type=Path),
        help=_("The project's folder."),
    )


AS_OF = Option(
    ["--as-of"],
    type=DayType(),
    metavar=_("DATE"),
    help=_("Judge deadlines as of this day instead of the project's reference date."),
)

ORDER = (
    Option(
        ["-e", "--exporter", "names"],
        multiple=True,
        metavar=_("NAME"),
        help=_(
            "Run only this exporter; may be repeated. By default all run. Documents made earlier by others are removed."
        ),
    ),
    Option(
        ["-o", "--option", "settings"],
        multiple=True,
        type=ExporterOption(),
        metavar=_("EXPORTER.OPTION=VALUE"),
        help=_("Set an option of an exporter; may be repeated."),
    ),
    Option(["--final"], is_flag=True, help=_("Stop instead of building drafts.")),
    AS_OF,
)
"""What a build is asked for; ``order_of`` takes their values."""


def order_of(
    names: tuple[str, ...], settings: tuple[tuple[str, str, str], ...], final: bool, as_of: date | None
) -> Order:
    """Return what a build is asked for; of an option that is set twice the last holds."""
    from oekoreport.build.manifest import Order

    options: dict[str, dict[str, str]] = {}
    for exporter, option, value in settings:
        options.setdefault(exporter, {})[option] = value
    return Order(names, options, as_of, final)


def output_format(*forms: str) -> Option:
    """Return the option that chooses among forms of the output; text if it is left out."""
    return Option(
        ["--format", "form"],
        type=click.Choice(forms),
        default="text",
        help=_("Output for people, or for other programs."),
    )
