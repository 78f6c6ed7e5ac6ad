"""Figures: every number that a document may print, computed once, each with its unit and what it leans on.

In come a project and the terms in force; out go ``Figures``, a mapping by name. The engine knows no formula: each
chapter of them is a module of its own, and ``CHAPTERS`` lists them.
"""

from oekoreport.figures.claims import CLAIMS
from oekoreport.figures.deadlines import DEADLINES
from oekoreport.figures.donations import DONATIONS
from oekoreport.figures.drawdowns import DRAWDOWNS, window_of
from oekoreport.figures.engine import UNKNOWN, WITHHELD, WITHHELD_NARROW, Chapter, Figure, Figures, SeenFigures
from oekoreport.figures.expenditure import EXPENDITURE
from oekoreport.figures.incomes import INCOMES
from oekoreport.figures.interest import POINTS, TRANSITION, change_within
from oekoreport.figures.interest_owed import INTEREST, debts_of
from oekoreport.figures.printed_rate import exact_rate, explained_by_rounding
from oekoreport.figures.reduction import REDUCTION
from oekoreport.figures.release import released
from oekoreport.figures.results import RESULTS
from oekoreport.figures.savings import SAVINGS
from oekoreport.figures.settlement import SETTLEMENT
from oekoreport.figures.values import Basis, Fact, FieldRef, FigureRef
from oekoreport.figures.years import YEARS

CHAPTERS: tuple[Chapter, ...] = (
    RESULTS,
    SAVINGS,
    EXPENDITURE,
    SETTLEMENT,
    DONATIONS,
    REDUCTION,
    CLAIMS,
    INCOMES,
    DRAWDOWNS,
    INTEREST,
    YEARS,
    DEADLINES,
)
"""All chapters, in the order in which their figures are listed."""
