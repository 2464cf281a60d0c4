"""What holds for all tests: what takes long to read is read once, and CI skips none but for a reason listed here."""

from __future__ import annotations

import os
import ssl
from functools import cache
from typing import TYPE_CHECKING

import pytest
from botocore import session
from botocore.loaders import create_loader
from hypothesis import settings

if TYPE_CHECKING:
    from collections.abc import Generator, Iterator

# Beginnings of reasons. Gold data and real articles lie beside the project where it is developed, in no user's clone;
# Tesseract is a program of the system, which reads scans where a user has it.
_MAY_BE_SKIPPED_IN_CI = (
    "the real articles are not part of the project",
    "the gold data are not part of the project",
    "the program tesseract is not installed",
    "judging 440 answers takes a minute",
    "times are measured by",
    "twenty orders take a minute",
)

# As the template does. Tests import functions in any order, and metrics are shared by all that a process imports.
os.environ.setdefault("POWERTOOLS_METRICS_NAMESPACE", "Dateline/tests")

# An example that takes long on a busy machine is no counterexample.
settings.register_profile("suite", deadline=None)
settings.load_profile("suite")


@pytest.fixture(scope="session", autouse=True)
def _services_are_described_once() -> Iterator[None]:
    """Share what finds and keeps botocore's descriptions of services: moto begins a new session with each test."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(session, "create_loader", cache(create_loader))
        yield


@pytest.fixture(scope="session", autouse=True)
def _certificates_are_read_once() -> Iterator[None]:
    """Share the context of TLS between HTTP clients: each would spend 50 ms on the certificates of all authorities."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(ssl, "create_default_context", cache(ssl.create_default_context))
        yield


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport() -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Fail a test that is skipped in CI for a reason that is on no list."""
    report = yield
    if os.environ.get("CI") and report.skipped and not hasattr(report, "wasxfail"):
        reason = _reason(report)
        if not reason.startswith(_MAY_BE_SKIPPED_IN_CI):
            report.outcome = "failed"
            report.longrepr = f"skipped in CI, and the reason is on no list in tests/conftest.py: {reason}"
    return report


def _reason(report: pytest.TestReport) -> str:
    where_and_why = report.longrepr
    return where_and_why[2].removeprefix("Skipped: ") if isinstance(where_and_why, tuple) else str(where_and_why)
