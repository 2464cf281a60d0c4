"""The checks on answers: a flawless answer loses nothing, true sentences pass, falsehoods do not."""

from __future__ import annotations

from collections import Counter

import pytest

from tests.evaluation.gold import answer, documents
from tests.evaluation.probing import judged, language_is_right, published_lies, rejected_truths
from tests.evaluation.scoring import score
from tests.evaluation.tables import Tables, figures

MOST_REJECTED = 0.01  # of true sentences

# Expected dates that the resolver reads otherwise today; the notes say why. None may join them.
MISREAD = {
    "en-ferry-sale": {"The shareholders' vote is postponed"},
    "es-market-accounts": {"Prosecutors open an investigation"},
    "fr-forest-fire": {"A concert is called off"},
    "ru-glass-works": {"The works returns to Kamenka"},
    "tr-hospital-trial": {"A second investigation is opened"},
}
# Falsehoods that pass today; the notes say why. None may join them.
PASSED = {"Glavsteklo buys the building"}


@pytest.mark.parametrize("name", documents())
def test_a_flawless_answer_loses_nothing(name: str) -> None:
    gold = documents()[name]
    document = gold.read()

    extraction = judged(document, answer(gold, document))

    reached = score(gold, document, extraction)
    assert language_is_right(gold, document)
    assert {finding.title_language for finding in extraction.findings} == {"en"}
    assert reached.missed == reached.false == ()
    misread = {line for title in MISREAD.get(name, ()) for line in reached.wrong if line.startswith(f"{title}: dated")}
    assert set(reached.wrong) == misread
    assert reached.speakers.part == reached.speakers.whole
    assert reached.beyond == 0


def test_true_sentences_pass(tables: Tables) -> None:
    golds = documents()
    rejected = {name: rejected_truths(gold, gold.read()) for name, gold in golds.items()}
    offered = {name: sum(not truth.derived for truth in gold.truths) + len(gold.events) for name, gold in golds.items()}

    lost = sum(map(len, rejected.values()))
    rows = [(name, str(offered[name]), str(len(rejected[name]))) for name in golds]
    tables.append(
        figures(
            f"True sentences and titles offered, and rejected by the checks (at most {MOST_REJECTED:.0%})",
            ("document", "offered", "rejected"),
            [*rows, ("all", str(sum(offered.values())), str(lost))],
        )
    )
    assert lost <= MOST_REJECTED * sum(offered.values()), rejected


def test_falsehoods_do_not_pass(tables: Tables) -> None:
    passed = [lie for gold in documents().values() for lie in published_lies(gold, gold.read())]

    offered = Counter(lie.kind for gold in documents().values() for lie in gold.lies)
    kinds = Counter(lie.kind for lie in passed)
    tables.append(
        figures(
            "Falsehoods offered to the checks, and published",
            ("kind", "offered", "published"),
            [
                *((kind, str(count), str(kinds[kind])) for kind, count in sorted(offered.items())),
                ("all", str(offered.total()), str(kinds.total())),
            ],
        )
    )
    assert {lie.title for lie in passed} <= PASSED
