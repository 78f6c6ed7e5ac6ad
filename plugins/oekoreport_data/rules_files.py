"""Are the files there that entries name, and can they be opened?"""

from __future__ import annotations

import difflib
from collections.abc import Iterator

from oekoreport import PRODUCT, Case, Issue, Message, Receipt, TermsInRule, catalogue, need, rule
from oekoreport.kit.law import receipts

_ = catalogue("oekoreport_data")

COMPARED = 1000
"""Above so many files no near name is sought: among 100,000 it takes a second, for each receipt."""


@rule(
    "CORE-FILE",
    _("The files of receipts are there"),
    basis=PRODUCT,
    each=lambda case: [each for each in receipts(case) if each.stated("file")],
)
def file_is_there(receipt: Receipt, case: Case, _terms: TermsInRule) -> Iterator[Issue]:
    """The file that a receipt names lies in the project's folder, is not empty, and is what its ending says.

    Case, slashes and the spelling of umlauts may differ; a name without its folder will do while it is the only one.

    Why: an auditor asks for the receipt itself; what is missing or cannot be opened proves nothing.
    Fails: belege/B09.pdf, which does not exist; a PDF of 0 bytes; a web page that was saved as B09.pdf.
    Passes: belege/B09.pdf, or Belege/b09.PDF for that file; a receipt that names no file.
    """
    path = need(receipt, "file")
    name = case.files.find(path)
    if name is None:
        yield Issue(
            _("Receipt {receipt}: there is no file “{file}”.", receipt=receipt.key, file=path),
            "file",
            found=path,
            hint=_near(path, case),
        )
    elif flaw := case.files.flaw(name):
        yield Issue(
            _("Receipt {receipt}: “{file}” is no proof, {flaw}.", receipt=receipt.key, file=name, flaw=flaw.message),
            "file",
            hint=_("Open the file; scan the receipt again, or get it from its issuer once more."),
        )


def _near(path: str, case: Case) -> Message:
    known = list(case.files)
    close = difflib.get_close_matches(path, known, n=3, cutoff=0.5) if len(known) <= COMPARED else []
    if close:
        return _("Did you mean: {names}? Write the path below the project folder.", names=tuple(close))
    return _("Put the file into the folder “belege” and write its path, such as belege/B09.pdf.")
