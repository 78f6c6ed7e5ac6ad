"""Errors that learn more on their way up: a new error each time, the first one stays as it was."""

import pickle

from oekoreport.errors import TemplateError
from oekoreport.language import Locale, Message
from oekoreport.places import Place


class Torn(TemplateError):
    """An error with something of its own."""

    def __init__(self, page: int) -> None:
        super().__init__(Message("torn"))
        self.page = page


def test_an_error_learns_its_place_its_reason_and_a_way_out() -> None:
    torn = Torn(3)
    told = torn.at(Place("urkunde.docx")).because(Message("torn on page 3")).advising(Message("Glue it."))
    assert told.localize(Locale("en")) == "urkunde.docx: torn on page 3\nGlue it."
    assert (type(told), told.page, str(told), told.args) == (Torn, 3, "torn on page 3", ("torn on page 3",))
    assert (torn.place, torn.message, torn.hint) == (None, "torn", None)


def test_what_an_error_learned_reaches_another_process() -> None:
    told = pickle.loads(pickle.dumps(Torn(3).at(Place("urkunde.docx"))))  # noqa: S301 - our own bytes
    assert (type(told), told.place, told.message) == (Torn, Place("urkunde.docx"), "torn")
