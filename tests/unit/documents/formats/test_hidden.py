"""What a page hides is left out and remarked; what only looks like it stays."""

import time

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from dateline.documents.formats.content import Content
from dateline.documents.formats.web import css_cascade
from dateline.documents.formats.web.html import read_html
from dateline.documents.limits import Limits
from dateline.documents.read import read as read_document
from dateline.errors import Rejected
from tests.unit.documents.making import FACTS, ORDER, article, page

P = f"<p class='x'>{ORDER}</p>"
DIV = f"<div class=x>{ORDER}</div>"


def sheet(css: str, body: str = P) -> str:
    return f"<style>{css}</style>{body}"


def styled(css: str, words: str = ORDER) -> str:
    return f'<p style="{css}">{words}</p>'


HIDDEN = {
    # Where the rule stands
    "media screen": sheet("@media screen{.x{display:none}}"),
    "media all": sheet("@media all{.x{display:none}}"),
    "media of the window's width": sheet("@media (min-width: 600px) and (max-width: 1600px){.x{display:none}}"),
    "media as a range": sheet("@media (400px <= width){.x{display:none}}"),
    "media not print": sheet("@media not print{.x{display:none}}"),
    "layer": sheet("@layer base{.x{display:none}}"),
    "layer without a name": sheet("@layer{.x{display:none}}"),
    "later layer": sheet("@layer a,b;@layer b{.x{display:none}}@layer a{.x{display:block}}"),
    "supports": sheet("@supports (display:grid){.x{display:none}}"),
    "supports not": sheet("@supports not (-ms-foo:bar){.x{display:none}}"),
    "rules in rules": sheet("article{@media screen{& .x{display:none}}}"),
    "nested without a sign": sheet("article{.x{display:none}}"),
    "container": sheet("@container (min-width:10px){.x{display:none}}"),
    "scope": sheet("@scope (article){.x{display:none}}"),
    "media attribute": f"<style media='screen and (min-width:1px)'>.x{{display:none}}</style>{P}",
    "after a broken rule": sheet("p{color:;;}} .y{ } .x{display:none}"),
    "in comments of old": sheet("<!-- .x{display:none} -->"),
    # Selectors
    "descendant": sheet("article .x{display:none}"),
    "child": sheet("article>div.x{display:none}", DIV),
    "compound": sheet(".x.x{display:none}"),
    "attribute": sheet("[class=x]{display:none}"),
    "attribute's beginning": sheet("[class^='x']{display:none}"),
    "nth of type": sheet("div:nth-of-type(1){display:none}", DIV),
    "last child": sheet("p:last-child{display:none}"),
    "sibling": sheet("style+.x{display:none}"),
    "later sibling": sheet("h1~.x{display:none}"),
    "is": sheet(":is(.x,.y){display:none}"),
    "where": sheet(":where(.x){display:none}"),
    "not": sheet("p:not(:nth-of-type(-n+3)){display:none}"),
    "has": sheet("div:has(> b){display:none}", f"<div><b>Note.</b> {ORDER}</div>"),
    "list with a state at rest": sheet(".x:popover-open,.x{display:none}"),
    "important against inline": sheet(".x{display:none!important}", f"<p class=x style='display:block'>{ORDER}</p>"),
    "specific against later": sheet("p.x{display:none} p{display:block}"),
    "escaped name": sheet(".\\78{display:none}"),
    # Ways
    "variable": sheet(":root{--d:none}.x{display:var(--d)}"),
    "variable's fallback": styled("display:var(--nothing, none)"),
    "hidden attribute": f"<p hidden>{ORDER}</p>",
    "closed dialog": f"<dialog>{ORDER}</dialog>",
    "popover": f"<div popover>{ORDER}</div>",
    "template": f"<template><p>{ORDER}</p></template>",
    "noscript": f"<noscript><p>{ORDER}</p></noscript>",
    "visibility": styled("visibility:hidden"),
    "visibility inherited": f'<div style="visibility:hidden"><p>{ORDER}</p></div>',
    "content visibility": styled("content-visibility:hidden"),
    "opacity": styled("opacity:.01"),
    "opacity per cent": styled("opacity:0%"),
    "filter": styled("filter:opacity(0)"),
    "font of nothing": styled("font:0/0 a"),
    "font in em of little": f'<div style="font-size:2px"><p style="font-size:.5em">{ORDER}</p></div>',
    "font calculated": styled("font-size:calc(1px * 0)"),
    "font by min": styled("font-size:min(16px, 0.5px)"),
    "white on white by default": styled("color:#fffffe"),
    "a white that is almost white": styled("color:#f2f2f2"),
    "black, but almost transparent": styled("color:rgba(0,0,0,.03)"),
    "colour of hsl": styled("color:hsl(0 0% 100%)"),
    "colour of oklch": styled("color:oklch(1 0 0)"),
    "white on a white ground in black": '<div style="background:#000"><p style="background:#fff;color:#fff">'
    f"{ORDER}</p></div>",
    "black on a black ground": styled("background:#111;color:#101010"),
    "ground by attribute": f"<table bgcolor='navy'><tr><td><font color='#000080'>{ORDER}</font></td></tr></table>",
    "gradient": styled("background:linear-gradient(red,red);color:red"),
    "transparent": styled("color:transparent"),
    "fill": styled("-webkit-text-fill-color:transparent"),
    "off to the left": styled("position:absolute;left:-10000px"),
    "off by inset": styled("position:fixed;inset:-9999px auto auto -9999px"),
    "off by a margin": styled("margin-left:-9999px"),
    "off by a transform": styled("transform:translateX(-9999px)"),
    "off by translate": styled("translate:-9999px"),
    "off by the window": styled("position:absolute;left:-100vw"),
    "indented": styled("text-indent:-9999px"),
    "scaled": styled("transform:scale(0)"),
    "scale": styled("scale:0"),
    "turned": styled("transform:rotateY(90deg)"),
    "clip": styled("position:absolute;clip:rect(1px,1px,1px,1px)"),
    "clip path inset": styled("clip-path:inset(50%)"),
    "clip path inset of sides": styled("clip-path:inset(0 60% 0 40%)"),
    "clip path circle": styled("clip-path:circle(0)"),
    "clip path polygon": styled("clip-path:polygon(0 0,0 0,0 0)"),
    "no height": styled("height:0;overflow:hidden"),
    "no width": styled("max-width:1px;overflow:clip"),
    "a dot, for screen readers": styled("position:absolute;width:1px;height:1px;overflow:hidden"),
    "animation that shows nothing": sheet("@keyframes a{to{opacity:0}}.x{opacity:0;animation:a 1s}"),
}
SHOWN = {
    "white on a dark ground": styled("background:#000;color:#fff"),
    "white on a ground around": f'<section style="background:navy"><div>{styled("color:white")}</div></section>',
    "white on a ground by class": sheet(".d{background-color:#222}.x{color:#fff}", f"<div class=d>{P}</div>"),
    "white on a picture": styled("background-image:url(a.png);color:#fff"),
    "white on a gradient": styled("background:linear-gradient(#000,#333);color:#fff"),
    "white over a picture": f'<div><img src=a.png><p style="position:absolute;color:#fff">{ORDER}</p></div>',
    "white on a cell's ground": f"<table bgcolor=black><tr><td><font color=white>{ORDER}</font></td></tr></table>",
    "white on a variable": sheet(":root{--g:#123}.d{background:var(--g)}.x{color:#fff}", f"<div class=d>{P}</div>"),
    "letters filled by their ground": styled(
        "background:linear-gradient(red,blue);-webkit-background-clip:text;color:transparent"
    ),
    "a shadow of transparent letters": styled("color:transparent;text-shadow:0 0 2px #000"),
    "light grey": styled("color:#bbb"),
    "yellow on white": styled("color:yellow"),
    "white around, black inside": f'<div style="color:white"><p style="color:#000">{ORDER}</p></div>',
    "tab panel": "<div role=tablist><button role=tab id=t aria-controls=p>Minutes</button></div>"
    f"<div role=tabpanel id=p aria-labelledby=t hidden><p>{ORDER}</p></div>",
    "folded paragraph": '<a href="#m" data-toggle=collapse>More</a>'
    f'<div id=m style="display:none"><p>{ORDER}</p></div>',
    "accordion": f"<h3><button aria-expanded=false aria-controls=a>Plan</button></h3>"
    f'<div id=a style="max-height:0;overflow:hidden"><p>{ORDER}</p></div>',
    "details": f"<details><summary>Minutes</summary><p>{ORDER}</p></details>",
    "open dialog": f"<dialog open><p>{ORDER}</p></dialog>",
    "print only rule": sheet("@media print{.x{display:none}}"),
    "print sheet": f"<style media=print>.x{{display:none}}</style>{P}",
    "small windows": sheet("@media (max-width:600px){.x{display:none}}"),
    "small windows as a range": sheet("@media (width < 600px){.x{display:none}}"),
    "dark scheme": sheet("@media (prefers-color-scheme:dark){.x{color:#fff}}"),
    "not screen": sheet("@media not screen{.x{display:none}}"),
    "print and wide": sheet("@media print and (min-width:1px){.x{display:none}}"),
    "unknown feature": sheet("@media (no-such-thing:1){.x{display:none}}"),
    "not supported": sheet("@supports not (display:grid){.x{display:none}}"),
    "earlier layer": sheet("@layer a,b;@layer b{.x{display:block}}@layer a{.x{display:none}}"),
    "layer against none": sheet(".x{display:block}@layer a{.x{display:none}}"),
    "overridden later": sheet(".x{display:none}.x{display:block}"),
    "overridden by the specific": sheet("p.x{display:block}.x{display:none}"),
    "overridden by the style": sheet(".x{display:none}", f"<p class=x style='display:block'>{ORDER}</p>"),
    "overridden by importance": sheet(".x{display:block!important}", f"<p class=x style='display:none'>{ORDER}</p>"),
    "hidden attribute that a sheet shows": sheet(".x{display:block}", f"<p class=x hidden>{ORDER}</p>"),
    "another's class": sheet(".x .y{display:none}"),
    "while pointed at": sheet(".x:hover{display:none}"),
    "its ornament": sheet(".x::before{display:none}"),
    "unknown selector in a list": sheet(".x,.x:no-such-state{display:none}"),
    "commented out": sheet("/* .x{display:none} */"),
    "in a string": sheet("a{content:'} .x{display:none}'}"),
    "fades in": sheet("@keyframes in{from{opacity:0}to{opacity:1}}.x{opacity:0;animation:in 1s forwards}"),
    "visible within the hidden": f'<div style="visibility:hidden"><p style="visibility:visible">{ORDER}</p></div>',
    "font of nothing around": f'<div style="font-size:0"><p style="font-size:16px">{ORDER}</p></div>',
    "small print": styled("font-size:8px"),
    "font per cent": styled("font-size:80%"),
    "moved a little": styled("position:relative;left:-10px"),
    "left of what is not moved": styled("left:-9999px"),
    "hanging indent": styled("text-indent:-2em"),
    "turned around": styled("transform:rotate(180deg)"),
    "scaled up": styled("transform:scale(1.5)"),
    "clip of what is not placed": styled("clip:rect(0,0,0,0)"),
    "cut corner": styled("clip-path:inset(10px)"),
    "clip path of a shape": styled("clip-path:polygon(0 0,100% 0,100% 90%,0 100%)"),
    "no height, not cut off": styled("height:0"),
    "inline, so that height means nothing": f'<p>On the day: <span style="height:0;overflow:hidden">{ORDER}</span></p>',
    "faint": styled("opacity:.6"),
    "hidden overflow": styled("overflow:hidden;height:200px"),
    "body that a script shows": f"<style>body{{visibility:hidden;opacity:0}}</style>{P}",
    "column of a table": f"<table><tr><th>Day</th><th>Event</th></tr><tr><td>30 May</td><td>{ORDER}</td></tr></table>",
    "class that is called hidden": f"<p class='hidden-gems sr-only-not'>{ORDER}</p>",
}
# What functions/README.md says is read though it is hidden.
KNOWN_TO_BE_READ = {
    "linked style sheet": f"<link rel=stylesheet href=a.css>{P}",
    "script": f"{P}<script>document.querySelector('.x').hidden = true</script>",
    "something painted over it": f'<div style="position:relative">{P}'
    '<div style="position:absolute;inset:0;background:#fff"></div></div>',
    "colour on a picture": styled("background-image:url(white.png);color:#fff"),
}


def read(extra: str) -> Content:
    return read_html(page(article(extra=extra)), Limits())


def codes(content: Content) -> list[str]:
    return [remark.code for remark in content.remarks]


@pytest.mark.parametrize("markup", HIDDEN.values(), ids=HIDDEN)
def test_hidden_text_is_left_out_and_remarked(markup: str) -> None:
    content = read(markup)

    assert ORDER not in content.text
    assert all(fact in content.text for fact in FACTS)
    assert "hidden_text" in codes(content)


@pytest.mark.parametrize("markup", SHOWN.values(), ids=SHOWN)
def test_text_that_only_looks_hidden_stays_and_is_not_remarked(markup: str) -> None:
    content = read(markup)

    assert ORDER in content.text
    assert "hidden_text" not in codes(content)


@pytest.mark.parametrize("markup", KNOWN_TO_BE_READ.values(), ids=KNOWN_TO_BE_READ)
def test_what_the_documentation_names_as_read_is_read(markup: str) -> None:
    assert ORDER in read(markup).text


@pytest.mark.parametrize(
    "markup",
    [
        f'<p>{ORDER}</p><p style="position:absolute;width:1px;height:1px;overflow:hidden">{ORDER}</p>',
        f'<figure><img src=a.png><figcaption>{ORDER}</figcaption></figure><p style="display:none">{ORDER}</p>',
        f'<p>{ORDER}</p><noscript><img src=a.png></noscript><div style="display:none"> — </div>',
    ],
)
def test_what_is_hidden_and_shown_elsewhere_or_says_nothing_is_not_remarked(markup: str) -> None:
    content = read(markup)

    assert content.text.count(ORDER) == 1
    assert "hidden_text" not in codes(content)


def test_the_remark_counts_the_pieces() -> None:
    content = read(f"<p hidden>{ORDER}</p><p>Seen by all.</p><p style='opacity:0'>The bridge fell.</p>")

    message = next(remark.message for remark in content.remarks if remark.code == "hidden_text")
    assert message.startswith("2 pieces")


def test_a_noscript_that_is_not_balanced_hides_no_more_than_itself() -> None:
    content = read_html(page(f"<noscript><div><p>{ORDER}</noscript>" + article()), Limits())

    assert ORDER not in content.text
    assert all(fact in content.text for fact in FACTS)


@pytest.mark.parametrize(
    "css",
    [
        "a{" * 5_000,
        "@media screen{" * 5_000,
        ".x{display:none;" * 3_000,
        "".join(f"{'div ' * 12}.y{number}{{display:none}}" for number in range(500)),
        ":not(" * 3_000 + ".x" + ")" * 3_000 + "{display:none}",
        "div:has(div:has(div:has(div:has(p)))) ~ div ~ div ~ p{display:none}" * 20,
        "p:nth-last-of-type(2n+1 of p ~ p ~ p){display:none}" * 50,
        ".x{"
        + "".join(f"--v{number}:var(--v{number + 1}) var(--v{number + 1});" for number in range(60))
        + "display:var(--v0)}",
        "\\" * 50_000,
        "/*" * 50_000,
        "'" * 50_000,
    ],
)
def test_hostile_sheets_end_soon(css: str) -> None:
    body = "<div>" * 60 + "<p class=x>A word.</p>" * 400 + "</div>" * 60
    begin = time.process_time()

    try:
        content = read_html(page(sheet(css, "") + body), Limits())
    except Rejected as refused:
        assert refused.code in {"styles_too_slow", "styles_too_large"}  # noqa: PT017
    else:
        assert content.text or content.remarks

    assert time.process_time() - begin < 25


def test_sheets_beyond_all_measure_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(css_cascade, "MAX_SHEETS", 100)

    with pytest.raises(Rejected) as refused:
        read(sheet(".x{color:red}" * 50))

    assert refused.value.code == "styles_too_large"


@settings(max_examples=80, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    st.lists(
        st.sampled_from(
            ["@media ", "(min-width:1px)", "not ", " and ", " or ", "{", "}", ".x", " > ", ":is(", ")", "[a=b]", ";",
             "&", "display:none", "color:#fff", "opacity:", "0", "@layer a", "@supports ", "font-size:calc(1px*",
             "!important", "transform:scale(", "clip-path:inset(", "clip:rect(0,0", "background:linear-gradient(",
             "var(--a)", "--a:", ",", "'", "/*", "*/", "@keyframes k", "to", ":nth-child(2n of ", "\\", "<!--",
             "%", "url("]
        ),
        max_size=40,
    )
)  # fmt: skip
def test_any_sheet_leaves_the_page_readable(parts: list[str]) -> None:
    css = "".join(parts)

    content = read_html(page(f"<style>{css}</style><h1>Council meets</h1><p>{FACTS[0]}</p>"), Limits())

    assert content.text


_PART = f"<p>{FACTS[0]}</p><p style='display:none'>{ORDER}</p><div style='opacity:0'>{ORDER}</div>"


@pytest.mark.parametrize(
    ("data", "name"),
    [
        (
            b"From: a@moor.example\nSubject: Dam\nMIME-Version: 1.0\nContent-Type: text/html\n\n" + _PART.encode(),
            "a.eml",
        ),
        (f"Before.\n\n{_PART}\n\nAfter.\n".encode(), "a.md"),
    ],
    ids=["mail", "markdown"],
)
def test_hidden_text_of_a_piece_of_html_in_another_format_is_remarked(data: bytes, name: str) -> None:
    document = read_document(data, name=name)

    assert FACTS[0] in document.text
    assert ORDER not in document.text
    assert [one.message for one in document.remarks if one.code == "hidden_text"] == [
        "2 pieces of text that nobody sees were left out."
    ]
