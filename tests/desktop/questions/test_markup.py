"""Marks become bold and italic; nothing else of HTML survives."""

import pytest

from inspector_app.desktop.questions.markup import plain, rich


@pytest.mark.parametrize("text", ["Plain words", "a_b_c", "3 * 4 * 5", "100 %", "x < y"])
def test_what_has_no_marks_stays_plain(text: str) -> None:
    assert rich(text) == ""


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ("**a** b", "<b>a</b> b"), ("*a* b", "<i>a</i> b"), ("_a_ b", "<i>a</i> b"), ("__a__", "<b>a</b>"),
        ("# Head", "<b>Head</b>"), ("<b>x</b>", "<b>x</b>"), ("[here](http://a.example)", "<u>here</u> (http://a.example)"),
        ('<span style="color:red">x</span> **y**', "x <b>y</b>"), ("one<br>**two**", "one<br><b>two</b>"),
    ],
)  # fmt: skip
def test_marks(text: str, inside: str) -> None:
    assert inside in rich(text)


@pytest.mark.parametrize(
    "text",
    [
        "**a** <script>alert(1)</script>", '**a** <img src="file:///etc/passwd">', '**a** <a href="x">y</a>',
        '[x](javascript:alert(1)) **b**', '**<img src=x onerror=y>**', "<b onclick=x>y</b> *z*",
        '<span onmouseover="x"><img src=1></span> **a**',
    ],
)  # fmt: skip
def test_no_html_survives(text: str) -> None:
    made = rich(text)
    for forbidden in ("<script", "<img", "<a ", 'href="', "<b on"):
        assert forbidden not in made


def test_escaped_marks_are_signs() -> None:
    assert rich(r"\*a\* **b**").count("<i>") == 0
    assert "*a*" in rich(r"\*a\* **b**")


def test_plain_drops_the_marks() -> None:
    assert plain("**a** b") == "a b"
