"""A report of 300 pages through extraction and judgement with a model that answers at once: the overhead alone."""

from __future__ import annotations

import resource
from time import monotonic, process_time

from dateline.documents.read import read
from dateline.extract import extract
from dateline.judge.judge import judge
from tests.benchmarks.long_report import DATED, Fast, report

WORDS = 200_000
MOST_SECONDS = 300.0  # of a processor; a function has 900 s, most of which it waits for the model
MOST_BYTES = 1_000_000_000


def test_a_report_of_300_pages_takes_little_beside_the_models_time() -> None:
    text = report()
    model = Fast()
    began = process_time()

    document = read(text.encode(), name="report.txt", language="en")
    kept = extract(document, model, output_language="en", deadline=monotonic() + 900)
    extraction = judge(document, kept)

    seconds = process_time() - began
    most_bytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024
    print(f"\n{len(text.split()):,} words, {model.calls} calls: {seconds:.0f} s, {most_bytes / 1e6:.0f} MB")
    assert len(text.split()) >= WORDS
    assert len(extraction.findings) == DATED
    assert seconds < MOST_SECONDS
    assert most_bytes < MOST_BYTES
