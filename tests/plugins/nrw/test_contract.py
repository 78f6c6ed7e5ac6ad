"""The exporters of this plugin keep the contract that strangers inherit."""

from oekoreport.testing import ExporterContract
from oekoreport_nrw.drawdown_request import DrawdownRequest
from oekoreport_nrw.interim_report import InterimReport
from oekoreport_nrw.payout_overview import PayoutOverview


class TestInterimReport(ExporterContract):
    exporter = InterimReport()


class TestDrawdownRequest(ExporterContract):
    exporter = DrawdownRequest()


class TestPayoutOverview(ExporterContract):
    exporter = PayoutOverview()
