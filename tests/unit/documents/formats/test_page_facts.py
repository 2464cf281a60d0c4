from datetime import date

import pytest

from dateline.documents.formats.html import read_html
from dateline.documents.limits import Limits
from dateline.documents.model import PublishedFrom
from dateline.documents.published import choose
from tests.unit.documents.making import article, page

LD = '<script type="application/ld+json">{}</script>'
AMERICAN_NIGHT = '"datePublished": "2024-05-24T23:30:00-05:00"'


@pytest.mark.parametrize(
    ("head", "day", "source"),
    [
        (LD.format('{"@type":"NewsArticle",' + AMERICAN_NIGHT + "}"), "2024-05-24", "json_ld"),
        (LD.format('{"@graph":[{"@type":["Report"],' + AMERICAN_NIGHT + "}]}"), "2024-05-24", "json_ld"),
        ('<meta property="article:published_time" content="2024-05-24T00:30:00+02:00">', "2024-05-24", "html_meta"),
        ('<meta name="DC.date.issued" content="2024-05-24">', "2024-05-24", "html_meta"),
        ('<meta property="article:modified_time" content="2024-05-26">', "2024-05-26", "modified"),
        (
            '<meta property="article:modified_time" content="2024-05-26">'
            '<meta property="article:published_time" content="2024-05-24">',
            "2024-05-24",
            "html_meta",
        ),
        (LD.format('{"@type":"WebSite","name":"x"}') + LD.format("{broken"), None, None),
    ],
)
def test_first_publication_is_the_day_in_the_publications_own_zone(
    head: str, day: str | None, source: PublishedFrom | None
) -> None:
    published = choose(read_html(page(article(), head), Limits()).published, "", "en", None, "dropped")

    assert (published and published.day.isoformat(), published and published.source) == (day, source)


def test_utc_is_moved_to_the_zone_that_another_stamp_or_the_country_gives() -> None:
    night = '<meta property="article:published_time" content="2024-05-24T23:30:00Z">'
    other = '<meta property="article:modified_time" content="2024-05-25T09:00:00+02:00">'
    country = '<link rel="canonical" href="https://www.moorpost.de/a">'

    days = [read_html(page(article(), night + more), Limits()).published[0].day for more in (other, country)]

    assert days == [date(2024, 5, 25)] * 2


def test_utc_without_any_zone_is_said() -> None:
    night = '<meta property="article:published_time" content="2024-05-24T23:30:00Z">'

    content = read_html(page(article(), night), Limits())

    assert [remark.code for remark in content.remarks] == ["published_in_utc"]


def test_title_source_address_and_language_are_found() -> None:
    head = (
        '<title>Council meets | The Moor Post</title><meta property="og:site_name" content="The Moor Post">'
        '<meta property="og:title" content="Council meets"><link rel="canonical" href="https://moorpost.example/a">'
    )

    content = read_html(page(article(), head, "en-GB"), Limits())

    found = (content.title, content.source, content.url, content.language)
    assert found == ("Council meets", "The Moor Post", "https://moorpost.example/a", "en-GB")


def test_an_address_that_would_run_as_a_script_is_none() -> None:
    assert read_html(page(article(), '<link rel="canonical" href="javascript:x()">'), Limits()).url is None


def test_a_time_by_itself_dates_the_page_and_one_in_a_sentence_does_not() -> None:
    byline = '<p>By Ann Moor <time datetime="2024-05-24">Friday</time></p>'
    told = f'<p>{"It was long ago, " * 10}<time datetime="1945-05-08">8 May 1945</time>.</p>'

    assert [one.day for one in read_html(page(told + byline + article()), Limits()).published] == [date(2024, 5, 24)]
