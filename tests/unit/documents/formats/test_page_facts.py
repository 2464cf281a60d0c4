from datetime import date

import pytest

from dateline.documents.formats.web.html import read_html
from dateline.documents.limits import Limits
from dateline.documents.model import PublishedFrom
from dateline.documents.published import choose
from tests.unit.documents.making import FACTS, article, page

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
        (LD.format('//<![CDATA[\n{"@type":"NewsArticle",' + AMERICAN_NIGHT + "}\n//]]>"), "2024-05-24", "json_ld"),
        (LD.format('/* <![CDATA[ */{"@type":"NewsArticle",' + AMERICAN_NIGHT + "}/* ]]> */"), "2024-05-24", "json_ld"),
        (LD.format('{"@type":"NewsArticle",' + AMERICAN_NIGHT + ",};"), "2024-05-24", "json_ld"),
        (LD.format('[{"@type":["NewsArticle",],/* x, */' + AMERICAN_NIGHT + ",},]"), "2024-05-24", "json_ld"),
        (LD.format('{"@type":"NewsArticle"}{"@type":"WebPage",' + AMERICAN_NIGHT + "}"), "2024-05-24", "json_ld"),
        (LD.format('{"@type":"WebSite",' + AMERICAN_NIGHT + "}"), None, None),
        ('<meta property="article:published_time" content="24. Mai 2024, 09:20 Uhr">', "2024-05-24", "html_meta"),
    ],
)
def test_first_publication_is_the_day_in_the_publications_own_zone(
    head: str, day: str | None, source: PublishedFrom | None
) -> None:
    published = choose(read_html(page(article(), head), Limits()).published, "", "en", None, "dropped")

    assert (published and published.day.isoformat(), published and published.source) == (day, source)


def test_of_several_articles_the_one_with_the_pages_headline_dates_it() -> None:
    others = '[{"@type":"NewsArticle","headline":"Elsewhere","datePublished":"2024-01-01"},'
    own = '{"@type":"NewsArticle","headline":"Council meets","datePublished":"2024-05-24"}]'

    assert days(article(), LD.format(others + own)) == [date(2024, 5, 24)]


def days(body: str, head: str = "") -> list[date]:
    return [one.day for one in read_html(page(body, head), Limits()).published]


ARTICLE = "<article><h1>Council meets</h1>{}" + "".join(f"<p>{fact}</p>" for fact in FACTS) + "</article>"
TIME = '<time datetime="{}T09:00:00+02:00">some day</time>'


@pytest.mark.parametrize(
    "body",
    [
        ARTICLE.format(f"<p>By Ann Moor {TIME}</p>"),
        f"<p>Weather: {TIME.replace('{}', '2020-01-01')}</p>" + ARTICLE.format(f"<p>{TIME}</p>"),
        f"<header>{TIME.replace('{}', '2024-05-24')}<h1>Council meets</h1></header>" + ARTICLE[:9] + "</article>",
        ARTICLE.format(f"<p>Updated {TIME.replace('{}', '2024-05-30')} | Published {TIME}</p>"),
        ARTICLE.format(
            f'<div>{TIME}</div><article class="card"><h2>Else</h2>{TIME.replace("{}", "2020-01-01")}</article>'
        ),
        ARTICLE.format("<p><time>May 24, 2024</time></p>"),
    ],
)
def test_the_time_of_the_article_dates_it_and_no_other(body: str) -> None:
    assert first_day(body.replace("{}", "2024-05-24")) == date(2024, 5, 24)


@pytest.mark.parametrize(
    "body",
    [
        ARTICLE.format("") + f'<section id="comments"><p>Ivo {TIME}</p><p>Awful.</p></section>',
        ARTICLE.format("") + f"<aside><h3>Else</h3>{TIME}</aside>",
        ARTICLE.format("") + f'<article class="card"><h2>Else</h2>{TIME}</article>',
        ARTICLE.format("") + f"<footer>{TIME}</footer>",
        f'<div class="header"><p>Weather: {TIME}</p></div>' + ARTICLE.format(""),
        ARTICLE.format(f"<p>The council met on {TIME}, and the mayor asked for a vote before the summer comes.</p>"),
    ],
)
def test_the_time_of_something_else_dates_nothing(body: str) -> None:
    assert first_day(body.replace("{}", "2024-05-24")) is None


def first_day(body: str) -> date | None:
    published = choose(read_html(page(body), Limits()).published, "", "en", None, "dropped")
    return published.day if published else None


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


@pytest.mark.parametrize(
    ("head", "author"),
    [
        (LD.format('{"@type":"NewsArticle","author":{"name":"Mara Lind"}}'), "Mara Lind"),
        (LD.format('{"@type":"NewsArticle","author":[{"name":"Mara Lind"},"Jo Olt"]}'), "Mara Lind, Jo Olt"),
        ('<meta name="author" content="Mara Lind">', "Mara Lind"),
        ('<meta property="article:author" content="https://social.example/mara">', None),
        ("", None),
    ],
)
def test_a_page_names_who_wrote_it_by_name(head: str, author: str | None) -> None:
    assert read_html(page(article(), head=head), Limits()).author == author
