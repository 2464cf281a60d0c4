import pytest

from dateline.documents.formats.web.html import read_html
from dateline.documents.limits import Limits
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, ORDER, article, page

HIDDEN = [
    '<p style="display:none">{}</p>',
    '<p style="visibility: hidden">{}</p>',
    "<p hidden>{}</p>",
    '<p aria-hidden="true">{}</p>',
    '<p style="font-size:0">{}</p>',
    '<p style="font-size: 0.1px">{}</p>',
    '<p style="opacity:0">{}</p>',
    '<p style="color:#fff">{}</p>',
    '<p style="color: white; background-color: #FFFFFF">{}</p>',
    '<p style="color:rgba(0,0,0,0)">{}</p>',
    '<div style="background:navy"><p style="color:navy">{}</p></div>',
    '<p style="position:absolute; left:-9999px">{}</p>',
    '<p style="text-indent:-9999px">{}</p>',
    '<p style="height:0;overflow:hidden">{}</p>',
    '<p style="clip:rect(0,0,0,0);position:absolute">{}</p>',
    "<!-- {} -->",
    "<template><p>{}</p></template>",
    "<noscript><p>{}</p></noscript>",
    '<style>.x9{{display:none}}</style><p class="x9">{}</p>',
    '<style>p#x8 {{ font-size: 0 }}</style><p id="x8">{}</p>',
    '<font color="white"><p>{}</p></font>',
]
SHOWN = [
    '<div style="background:#000"><p style="color:white">{}</p></div>',
    '<p style="opacity:0.9">{}</p>',
    '<p style="font-size:0.9em">{}</p>',
    "<style>@media print {{ .y1 {{ display:none }} }}</style><p class=y1>{}</p>",
    '<p style="margin-left:-10px">{}</p>',
]
HIDDEN_BY_A_RULE = [
    "<style>@media screen {{ .x7 {{ display:none }} }}</style><p class=x7>{}</p>",
    "<style>@media all {{ .x7 {{ display:none }} }}</style><p class=x7>{}</p>",
    "<style>@supports (display: grid) {{ .x7 {{ display:none }} }}</style><p class=x7>{}</p>",
    "<style>@layer base {{ .x7 {{ display:none }} }}</style><p class=x7>{}</p>",
    "<style>div {{ .x7 {{ display:none }} }}</style><div><p class=x7>{}</p></div>",
    "<style>article .x7 {{ display:none }}</style><article><p class=x7>{}</p></article>",
    "<style>div > .x7 {{ display:none }}</style><div><p class=x7>{}</p></div>",
    "<style>.x7.x7 {{ display:none }}</style><p class=x7>{}</p>",
    "<style>[class=x7] {{ display:none }}</style><p class=x7>{}</p>",
    "<style>.x7:nth-of-type(1) {{ display:none }}</style><div><p class=x7>{}</p></div>",
    "<style>*.x7 {{ display:none }}</style><p class=x7>{}</p>",
    "<style>section {{ display:none }}</style><section><p>{}</p></section>",
    '<style>:root {{ --off: none }}</style><p style="display:var(--off)">{}</p>',
    '<p style="display:n\\6f ne">{}</p>',
]


def text_of(markup: bytes) -> str:
    return read_html(markup, Limits()).text


@pytest.mark.parametrize("markup", HIDDEN)
def test_what_nobody_sees_is_left_out_and_the_rest_stays(markup: str) -> None:
    text = text_of(page(article(extra=markup.format(ORDER))))

    assert ORDER not in text
    assert all(fact in text for fact in FACTS)


@pytest.mark.parametrize("markup", HIDDEN_BY_A_RULE)
def test_what_a_rule_of_any_form_hides_is_left_out(markup: str) -> None:
    assert ORDER not in text_of(page(article(extra=markup.format(ORDER))))


@pytest.mark.parametrize("markup", SHOWN)
def test_what_is_seen_stays(markup: str) -> None:
    assert ORDER in text_of(page(article(extra=markup.format(ORDER))))


def test_the_article_comes_without_navigation_cookies_and_related_links() -> None:
    text = text_of(
        page(
            '<nav><a href="/">Front page</a><a href="/sport">Sport</a></nav>'
            '<div id="cookie-banner"><p>We value your privacy and use cookies to show you what you like.</p></div>'
            + article()
            + '<div class="related-articles"><h3>More</h3><a href="/x">The mayor of Elsewhere resigned</a></div>'
            "<aside><p>Subscribe to our newsletter to read all of our stories.</p></aside>"
            "<footer><p>Copyright The Moor Post, all rights reserved.</p></footer>"
        )
    )

    assert text.split("\n") == ["Council meets", *FACTS]


def test_an_article_is_not_thinned_out() -> None:
    repeated = "<p>The council met again and put off the vote on the plan for the bridge.</p>" * 30

    assert text_of(page(f"<article>{repeated}</article>")).count("The council met again") == 30


def test_a_page_without_an_article_is_read_whole() -> None:
    assert text_of(page("<p>One line only.</p>")) == "One line only."


@pytest.mark.parametrize(
    ("charset", "encoding"), [("iso-8859-1", "cp1252"), ("windows-1251", "cp1251"), ("shift_jis", "cp932")]
)
def test_the_pages_own_encoding_is_used(charset: str, encoding: str) -> None:
    words = {"cp1252": "Der Bürgermeister trat am 3. Mai zurück.", "cp1251": "Мэр ушёл в отставку 3 мая."}
    body = words.get(encoding, "市長は5月3日に辞任した。")
    data = f'<html><head><meta charset="{charset}"></head><body><p>{body}</p></body></html>'.encode(encoding)

    content = read_html(data, Limits())

    assert (content.text, content.encoding) == (body, encoding)


def test_a_page_of_nothing_shown_is_refused() -> None:
    with pytest.raises(Rejected) as refused:
        text_of(page('<div style="display:none">Words.</div>'))

    assert refused.value.code == "no_text"


def test_a_page_nested_too_deep_is_refused_and_not_cut() -> None:
    with pytest.raises(Rejected) as refused:
        text_of(page("<div>" * 5_000 + "deep" + "</div>" * 5_000))

    assert refused.value.code == "nested_too_deep"
