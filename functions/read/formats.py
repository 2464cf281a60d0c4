"""The formats that a timeline comes in, and which of them a request asks for."""

from __future__ import annotations

from dataclasses import dataclass

from read.refusals import NotAcceptable


@dataclass(frozen=True, slots=True)
class Format:
    """A format: its name, which is also its suffix; the media type that asks for it; and if it comes in pages too."""

    name: str
    media_type: str
    content_type: str
    extension: str
    paged: bool


JSON = Format("json", "application/json", "application/json", "json", paged=True)
# By its suffix alone: browsers ask for text/html of everything, and what they are shown as JSON stays JSON.
HTML = Format("html", "text/html", "text/html; charset=utf-8", "html", paged=False)
NEGOTIATED = (
    Format(
        "timelinejs",
        "application/vnd.knightlab.timeline+json",
        "application/vnd.knightlab.timeline+json",
        "timelinejs.json",
        paged=False,
    ),
    Format("ics", "text/calendar", "text/calendar; charset=utf-8", "ics", paged=False),
    Format("csv", "text/csv", "text/csv; charset=utf-8; header=present", "csv", paged=True),
    Format("atom", "application/atom+xml", "application/atom+xml", "atom", paged=False),
    Format("jsonld", "application/ld+json", "application/ld+json", "jsonld", paged=True),
    Format("markdown", "text/markdown", "text/markdown; charset=utf-8", "md", paged=True),
)
EXPORTS = (HTML, *NEGOTIATED)
_ALL = (JSON, *NEGOTIATED)


def choose(accept: str | None) -> Format:
    """Negotiate the format by an `Accept` header, JSON among equals. NotAcceptable: none matches."""
    if not accept or not accept.strip():
        return JSON
    ranges = [_range(one) for one in accept.split(",")]
    best = max(_ALL, key=lambda one: _liking(one, ranges))
    if _liking(best, ranges) <= 0:
        offered = ", ".join(one.media_type for one in _ALL)
        raise NotAcceptable(f"Accept: a timeline comes as {offered}.")
    return best


def _range(text: str) -> tuple[str, float]:
    """Read one media range and its weight; a weight that is none counts as 1."""
    media_range, *parameters = (part.strip().lower() for part in text.split(";"))
    weights = [part.removeprefix("q=") for part in parameters if part.startswith("q=")]
    try:
        return media_range, float(weights[0]) if weights else 1.0
    except ValueError:
        return media_range, 1.0


def _liking(one: Format, ranges: list[tuple[str, float]]) -> float:
    """Weigh a format by the most exact range that covers it."""
    kind = one.media_type.partition("/")[0]
    exactness = {one.media_type: 2, f"{kind}/*": 1, "*/*": 0}
    covering = [(exactness[media_range], weight) for media_range, weight in ranges if media_range in exactness]
    return max(covering)[1] if covering else 0.0
