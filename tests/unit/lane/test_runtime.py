"""How a bug is reported."""

from __future__ import annotations

import json
import logging
from typing import Any

import pytest
from aws_lambda_powertools import Logger, Metrics

from dateline.errors import Unreadable
from dateline.lane.runtime import report_bug


def reported(error: Exception, caplog: pytest.LogCaptureFixture) -> tuple[str, set[str]]:
    """Report a bug, and return what was logged and which metrics were counted."""
    metrics = Metrics(namespace="Test", service="test")
    metrics.clear_metrics()
    with caplog.at_level(logging.ERROR):
        report_bug(error, Logger(service="test"), metrics, document_id="doc_a")
    counted: dict[str, Any] = metrics.metric_set
    names = set(counted)
    metrics.clear_metrics()
    return json.dumps([vars(record) for record in caplog.records], default=str), names


def test_a_bug_is_logged_without_its_message_and_counted(caplog: pytest.LogCaptureFixture) -> None:
    logged, counted = reported(KeyError("words of a document"), caplog)

    assert "KeyError" in logged
    assert "doc_a" in logged
    assert "words of a document" not in logged
    assert counted == {"Bugs"}


def test_stored_data_that_cannot_be_read_is_counted_by_itself(caplog: pytest.LogCaptureFixture) -> None:
    _, counted = reported(Unreadable("Head", "key (missing)"), caplog)

    assert counted == {"Bugs", "Unreadable"}
