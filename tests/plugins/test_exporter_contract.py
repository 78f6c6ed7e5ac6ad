"""The built-in exporters keep the contract that strangers inherit."""

from oekoreport.contract.registry import Registry
from oekoreport.testing import ExporterContract

EXPORTERS = {exporter.name: exporter for exporter in Registry.discover().exporters}


class TestFundingReport(ExporterContract):
    exporter = EXPORTERS["funding-report"]


class TestAuditMemo(ExporterContract):
    exporter = EXPORTERS["audit-memo"]


class TestCohortWorkbook(ExporterContract):
    exporter = EXPORTERS["workbook"]


class TestCertificates(ExporterContract):
    exporter = EXPORTERS["certificates"]
