"""Which words of a page are its article."""

import time
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.documents.formats.content import Content
from dateline.documents.formats.web.html import html_text, read_html
from dateline.documents.limits import Limits
from dateline.documents.model import Published
from dateline.documents.published import choose
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, article, page

PARAGRAPHS = "".join(f"<p>{fact}</p>" for fact in FACTS)
ELSE = "The mayor of Elsewhere resigned after a long night of talks."


def read(body: str, head: str = "") -> Content:
    return read_html(page(body, head), Limits())


def lines(body: str) -> list[str]:
    return read(body).text.split("\n")


@pytest.mark.parametrize(
    ("markup", "words"),
    [
        ("gave way on <time datetime=2024-05-16>16 May 2024</time> at dawn", "gave way on 16 May 2024 at dawn"),
        ("the <label>eastern</label> <abbr title=x>dam</abbr> <mark>fell</mark>", "the eastern dam fell"),
        ("it <custom-word>slowly</custom-word> sank", "it slowly sank"),
        ("finished in 1931<sup>1</sup> and 2019<sup>[2]</sup>", "finished in 1931 and 2019"),
        ("in 2023<sup><a href='#n3'>[3]</a></sup> it fell", "in 2023 it fell"),
        ("over 10<sup>6</sup> m<sup>3</sup> of water", "over 10⁶ m³ of water"),
        ("the 1<sup>st</sup> of May", "the 1st of May"),
        ("<ruby>東京<rp>(</rp><rt>とうきょう</rt><rp>)</rp></ruby>で会議", "東京で会議"),
        ("she said <q>no</q>", "she said “no”"),
        ("By <span>Ann Moor</span><time>16 May 2024</time>", "By Ann Moor 16 May 2024"),
        ("H<sub>2</sub>O and <b>un</b>broken", "H2O and unbroken"),
    ],
)
def test_words_of_inline_elements_stay_in_their_sentence(markup: str, words: str) -> None:
    assert words in lines(f"<article><h1>Dam</h1>{PARAGRAPHS}<p>{markup}</p></article>")


@pytest.mark.parametrize(
    "name",
    ["gdpr-Paragraph", "gigya-share-btns", "article__teaser", "social", "newsletter-text", "consent", "related-facts",
     "post tag-related category-newsletter", "cookie", "comment-free", "ad-lib", "nav-free", "widget"],
)  # fmt: skip
def test_a_word_in_a_name_alone_takes_nothing_away(name: str) -> None:
    named = "".join(f'<p class="{name}" id="{name}">{fact}</p>' for fact in FACTS)

    assert lines(f"<main><h1>Dam</h1>{named}</main>") == ["Dam", *FACTS]
    assert lines(f'<div><h1>Dam</h1></div><div class="{name}">{PARAGRAPHS}</div>') == ["Dam", *FACTS]


@pytest.mark.parametrize(
    "part",
    [
        f"<nav><a href=/x>{ELSE}</a></nav>",
        f"<div role=navigation><a href=/x>{ELSE}</a></div>",
        "<ul class=list>" + f"<li><a href=/x>{ELSE}</a></li>" * 4 + "</ul>",
        "<div>" + f'<div class="box"><h3><a href=/x>{ELSE}</a></h3><p>A few words of it.</p></div>' * 3 + "</div>",
        "<h2>More</h2><ul>" + f"<li><a href=/x>{ELSE}</a></li>" * 4 + "</ul>",
        f'<div class="newsletter"><p>{ELSE}</p><input type=email><button>Send</button></div>',
        f'<section id="comments"><h2>2 comments</h2><div class=comment><p>{ELSE}</p></div></section>',
        f"<aside><h3>Else</h3><a href=/x>{ELSE}</a></aside>",
        f"<p><a href=/x>Read also: {ELSE}</a></p>",
    ],
)
def test_furniture_is_left_out_and_counted(part: str) -> None:
    content = read(article(extra=part))

    assert content.text.split("\n") == ["Council meets", *FACTS]
    assert "page_furniture" in [remark.code for remark in content.remarks]


def test_readers_comments_that_are_longer_than_the_article_are_left_out() -> None:
    comments = f"<div class='comment'><p>{ELSE}</p></div>" * 60

    assert ELSE not in read(f"<h1>Council meets</h1><div>{PARAGRAPHS}</div><div id=comments>{comments}</div>").text


def test_a_page_without_furniture_is_not_remarked() -> None:
    assert not read(article()).remarks


@pytest.mark.parametrize(
    "part",
    [
        "<aside><p>Fact box: the dam was built in 1931.</p></aside>",
        "<ul><li>On 3 April the council met.</li><li>On <a href=/m>9 May</a> it voted.</li></ul>",
        "<blockquote><p>We shall see, said the mayor.</p></blockquote>",
        "<details><summary>Minutes</summary><p>The vote was close.</p></details>",
        "<figure><figcaption>The dam on Sunday.</figcaption></figure>",
        "<section><h2><a href='#plan'>The plan</a></h2><p>It costs two million.</p></section>",
        "<div><div><span>The vote was close.</span></div></div>",
    ],
)
def test_what_an_article_holds_besides_paragraphs_stays(part: str) -> None:
    words = html_text(part, Limits()).text.split("\n")

    assert all(one in read(article(extra=part)).text for one in words)


def test_a_page_laid_out_by_a_table_gives_paragraphs_and_a_table_of_data_gives_rows() -> None:
    layout = (
        "<table><tr><td><a href=/>Home</a> <a href=/a>Archive</a></td>"
        f"<td><h1>Dam</h1>{PARAGRAPHS}<p>It <i>fell</i> on <b>16 May</b>.<p>Nobody came.</td></tr></table>"
    )
    data = "<table><tr><th>Day</th><th>Event</th></tr><tr><td>3 May</td><td><p>The council met.</p></td></tr></table>"

    assert lines(layout) == ["Dam", *FACTS, "It fell on 16 May.", "Nobody came."]
    assert lines(article(extra=data))[-2:] == ["Day | Event", "3 May | The council met."]


def test_an_article_in_two_parts_is_read_whole() -> None:
    halves = f"<div class=half><p>{FACTS[0]}</p><p>{FACTS[1]}</p></div><p><b>Photo</b></p><div class=half>"

    assert lines(f"<div id=page><h1>Dam</h1><div>{halves}<p>{FACTS[2]}</p></div></div></div>")[-1] == FACTS[2]


@pytest.mark.parametrize(
    ("byline", "known"),
    [
        ("<p class=byline>By Ann Moor | 24 May 2024</p>", ""),
        ("<header><span>Published on 24 May 2024 by Ann Moor</span></header>", ""),
        ("<div class='share meta'><a href=/ann>Ann Moor</a> | <a href=/d>24 May 2024</a></div>", ""),
        ("<div>24 May 2024</div>", '<meta property="article:modified_time" content="2024-06-05">'),
    ],
)
def test_the_visible_date_line_dates_the_page_and_goes_before_a_change(byline: str, known: str) -> None:
    content = read(f"<main><h1>Council meets</h1>{byline}{PARAGRAPHS}</main>", known)

    published = choose(content.published, content.text, "en", None, "dropped")

    assert published == Published(date(2024, 5, 24), "text")


def test_a_date_line_settles_a_stamp_in_utc() -> None:
    night = '<meta property="article:published_time" content="2024-05-24T23:30:00Z">'

    content = read(f"<article><h1>Council meets</h1><p>25 May 2024</p>{PARAGRAPHS}</article>", night)

    assert content.published[0].day.isoformat() == "2024-05-25"
    assert "published_in_utc" not in [remark.code for remark in content.remarks]


def test_a_date_line_in_the_language_of_the_template_dates_the_page() -> None:
    body = f"<article><h1>Council meets</h1><h2>vendredi 24 mai 2024</h2>{PARAGRAPHS}</article>"

    content = read_html(page(body, language="fr"), Limits())

    assert [(one.day, one.source) for one in content.published] == [(date(2024, 5, 24), "text")]


def test_flat_and_crowded_pages_take_no_more_than_their_length() -> None:
    crowd = "<li class=a><a href=/x>Elsewhere</a></li><li class=b>Words <time>3 May</time></li>" * 4_000
    styles = "<style>li:last-child{display:block} li~li.c{display:none} .a+.b{color:#000}</style>"
    begin = time.process_time()

    read(f"<h1>Council meets</h1>{PARAGRAPHS}<ul>{crowd}</ul>", styles)

    assert time.process_time() - begin < 20


TAGS = st.sampled_from(["p", "div", "table", "tr", "td", "ul", "li", "article", "a href=/x", "time", "sup", "nav", "h1",
                        "aside", "pre", "br", "q", "ruby", "rt", "form", "details", "span class=comment"])  # fmt: skip


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(st.tuples(TAGS, st.sampled_from(["", "Words", FACTS[0], "16", "</div>", "</p>", "</table>"])), max_size=30)
)
def test_any_nesting_of_elements_comes_to_words_of_the_page_or_a_reason(parts: list[tuple[str, str]]) -> None:
    body = "".join(f"<{tag}>{words}" for tag, words in parts)

    try:
        content = read(body)
    except Rejected as refused:
        assert refused.code == "no_text"  # noqa: PT017
        return

    allowed = {"Words", "16", "|", "“", "”", "¹⁶", *FACTS[0].split()}
    assert (
        set(content.text.replace("“", " ").replace("”", " ").split())
        <= allowed | {one + other for one in allowed for other in allowed}
        or "Words" in content.text
        or FACTS[0] in content.text
    )
