"""An own template of a certificate can print no figure that a participant did not release."""

from __future__ import annotations

from typing import Any

from oekoreport.testing.odd_rounds import one_withheld
from oekoreport.testing.reports import report_of
from oekoreport_award.certificates import CertificateOptions, Certificates


def test_the_values_of_certificates_and_register_hold_no_figure_that_was_not_released() -> None:
    papers = Certificates().papers(report_of(one_withheld()), CertificateOptions())
    people: list[Any] = [paper.context["participants"] for paper in papers if paper.context]
    assert len(people) == 14
    withheld = [each.get("savings").get("money") for view in people for each in view if each.get("key") == "kbs"]
    assert {(money.withheld, money.value) for money in withheld} == {(True, None)}
