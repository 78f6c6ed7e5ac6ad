"""Is what was bought something that a grant may pay for?"""

from __future__ import annotations

import re
from collections.abc import Iterator

from oekoreport import PRODUCT, Case, Issue, Receipt, Severity, TermsInRule, catalogue, rule
from oekoreport.kit.law import may_be_eligible, receipts

_ = catalogue("oekoreport_data")

DOUBTFUL = re.compile(
    r"bewirtung|alkohol|\bwein(e|en|s)?\b|sekt(empfang)?\b|\bbier\b|geschenk|präsent|blumen|trinkgeld|weihnachtsfeier"
    r"|betriebsausflug|mahn(gebühr|kosten|ung)|säumnis|verzugszins|bussgeld|\bstrafe|pfand\b|privat"
)
"""What auditors look for in the purpose of receipts, in small letters: entertainment, gifts, dunning, fines."""


@rule(
    "CORE-DOUBTFUL",
    _("Entertainment, gifts and charges for delay are not claimed"),
    basis=PRODUCT,
    severity=Severity.WARNING,
    each=lambda case: [each for each in receipts(case) if each.purpose and DOUBTFUL.search(each.purpose.casefold())],
)
def doubtful_costs(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """A receipt whose purpose speaks of entertainment, gifts, dunning or fines is not to be eligible as a whole.

    Why: such costs serve no purpose of a grant, and auditors strike them first; a notice may allow some of them.
    Fails: “Sektempfang zur Auszeichnung”, all of it on an eligible line.
    Passes: the same with its part stated as not eligible; “Raum und Technik für die Auszeichnung”.
    """
    if any(may_be_eligible(part, case) and not part.stated("eligible") for part in receipt.allocations):
        yield Issue(
            _("Receipt {receipt}: “{purpose}” is usually not eligible.", receipt=receipt.key, purpose=receipt.purpose),
            "purpose",
            hint=_("State what of it is eligible, 0 if nothing is; or note which passage of the notice allows it."),
        )
