"""The exporters of this plugin keep the contract that strangers inherit."""

from typing import ClassVar

from oekoreport.testing import ExporterContract
from oekoreport_funding.drawdown_request import DrawdownRequest
from oekoreport_funding.interim_report import InterimReport
from oekoreport_funding.payout_overview import PayoutOverview


class TestInterimReport(ExporterContract):
    exporter = InterimReport()
    options: ClassVar = {"asked_for": "true"}


class TestDrawdownRequest(ExporterContract):
    exporter = DrawdownRequest()


class TestPayoutOverview(ExporterContract):
    exporter = PayoutOverview()
