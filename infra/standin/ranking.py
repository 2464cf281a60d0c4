"""Which sentences are central: TextRank (Mihalcea and Tarau, 2004) over the words that sentences share."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from itertools import combinations
from math import log

# Of the paper: the chance to follow a link rather than to start anew.
_DAMPING = 0.85
# More rounds change the order of no text that was tried.
_ROUNDS = 20
# A word in more of the sentences than this tells nothing, and pairing them would take quadratic time.
_COMMON = 0.4


def rank(sentences: Sequence[frozenset[str]]) -> list[float]:
    """Return a score for each sentence, given as the set of its content words; more is more central."""
    links = _links(sentences)
    scores = [1.0] * len(sentences)
    totals = [sum(weights.values()) for weights in links]
    for _ in range(_ROUNDS):
        scores = [
            1 - _DAMPING + _DAMPING * sum(weight / totals[other] * scores[other] for other, weight in weights.items())
            for weights in links
        ]
    return scores


def _links(sentences: Sequence[frozenset[str]]) -> list[dict[int, float]]:
    """Return each sentence's neighbours with their similarity: words shared, by the logarithms of both lengths."""
    holders: dict[str, list[int]] = defaultdict(list)
    for index, words in enumerate(sentences):
        for word in words:
            holders[word].append(index)
    shared: dict[tuple[int, int], int] = defaultdict(int)
    for indices in holders.values():
        if len(indices) <= max(2, _COMMON * len(sentences)):
            for pair in combinations(indices, 2):
                shared[pair] += 1
    links: list[dict[int, float]] = [{} for _ in sentences]
    for (one, other), count in shared.items():
        weight = count / (log(len(sentences[one]) + 1) + log(len(sentences[other]) + 1))
        links[one][other] = links[other][one] = weight
    return links
