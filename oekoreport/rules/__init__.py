"""Rules: what is asked of a project, object by object, and the verdicts that come of it.

In come a case (project, figures, origins) and the terms in force; out goes a ``Verdict`` a rule, with its findings. The
provisions that every Land shares stand in ``provisions``; a Land gives them its code and its passage of law.
"""

from oekoreport.rules.case import Case, Issue, NotApplicable, TermsInRule, Undecided, UnknownLaw, describe, need
from oekoreport.rules.judging import answered, judge
from oekoreport.rules.rule import PRODUCT, Each, Judge, Rule, Rulebook, the_project
from oekoreport.rules.verdict import Outcome, Summary, Verdict
