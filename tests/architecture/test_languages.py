"""Whatever a person reads on a page stands there in Swedish and in English."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from html import unescape
from pathlib import Path
from string import Formatter

import pytest
from jinja2 import Environment, nodes

from house import PACKAGES, SERVICES, shown, syntax_trees

# Letters are Swedish: a list of recipients is one text. They lie under channels, not under pages.
FOLDERS = (
    PACKAGES["est_chassis"] / "est_chassis" / "web" / "templates",
    *(PACKAGES[f"est_{service}"] / f"est_{service}" / "pages" / "templates" for service in SERVICES),
)
TEMPLATES = sorted(path for folder in FOLDERS for path in folder.glob("*.html"))

# The same in every language.
NAMES = frozenset({"EST", "TIB", "Valboås"})
READ_ALOUD = frozenset({"alt", "aria-description", "aria-label", "placeholder", "title"})
# A pattern is not read by anybody.
SPEAKERS = frozenset({"say", "Words", "compile"})

WORD = re.compile(r"[^\W\d_]+")
SWEDISH_LETTER = re.compile("[åäöÅÄÖ]")
TAG = re.compile(r"<[^>]*>")
ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
# What one types to a computer, and remarks that nobody sees.
SAME_EVERYWHERE = re.compile(r"<(code|pre|kbd)\b.*?</\1>|<!--.*?-->", re.DOTALL)
# A sentence or a label, and not the name of a class, a file, a field or a tone.
READS_LIKE_WORDS = re.compile(r"^\s*[A-Z][^\W\d_]+|[^\W\d_]+[,.!?:]? [^\W\d_]+[ ,.!?:]|[åäöÅÄÖ]")


def test_there_are_templates_in_the_frame_and_in_every_service() -> None:
    assert [shown(folder) for folder in FOLDERS if not list(folder.glob("*.html"))] == []


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_no_words_stand_in_a_template_in_one_language_only(template: Path) -> None:
    source = template.read_text(encoding="utf-8")

    assert sorted({*words_outside_expressions(source), *strings_that_nobody_says(source)}) == []


@pytest.mark.parametrize("template", TEMPLATES, ids=shown)
def test_what_a_template_says_is_swedish_first_and_then_english_with_the_same_values(template: Path) -> None:
    wrong = [
        (sv, en)
        for sv, en in said_in(template.read_text(encoding="utf-8"))
        if SWEDISH_LETTER.search(without_names(en)) or values_in(sv) != values_in(en)
    ]

    assert wrong == []


@pytest.mark.parametrize("service", SERVICES)
def test_no_page_is_given_words_in_swedish_only(service: str) -> None:
    pages = PACKAGES[f"est_{service}"] / f"est_{service}" / "pages"
    found = [
        f"{shown(path)}:{line} {text}"
        for path, tree in syntax_trees()
        if pages in path.parents
        for line, text in swedish_outside_words(tree)
    ]

    assert found == []


@pytest.mark.parametrize(
    "source",
    [
        "<p>Skicka</p>",
        '<p aria-label="Skicka"></p>',
        '{{ parts.submit("Skicka") }}',
        '{{ parts.notice("något gick fel.") }}',
        '{% set title = "Läge" %}',
        "{% if a %}Skicka{% endif %}",
        '{{ a or "Okänd plats" }}',
    ],
)
def test_a_word_in_one_language_is_found_wherever_it_stands(source: str) -> None:
    assert [*words_outside_expressions(source), *strings_that_nobody_says(source)] != []


@pytest.mark.parametrize(
    "source",
    [
        '<p class="big red">{{ say("Skicka", "Send") }}</p>',
        '{{ parts.submit(say("Skicka", "Send"), tone="quiet", class="button button-quiet") }}',
        "<p>EST 112 · {{ place }}</p>",
        '{{ "<strong>112</strong>"|safe }}',
        "<p><code>POST /v1/reports</code></p>",
        '{{ static_url("vendor/htmx-4.0.1.min.js") }}',
    ],
)
def test_what_is_said_in_both_languages_is_let_through(source: str) -> None:
    assert [*words_outside_expressions(source), *strings_that_nobody_says(source)] == []


def test_a_swedish_string_in_code_is_found_unless_its_english_stands_beside_it() -> None:
    both = 'A = Words(sv="Läge", en="Level")\nB = language.say("Får", "May")\n'
    code = f'{both}def f():\n    """Får."""\n    return "Läget"'

    assert list(swedish_outside_words(ast.parse(code))) == [(5, "Läget")]


def words_outside_expressions(source: str) -> set[str]:
    """Words in the text of the page, or in what is read aloud instead of it."""
    html = "".join(text for _, kind, text in Environment().lex(source) if kind == "data")
    html = SAME_EVERYWHERE.sub(" ", html)
    aloud = [text for name, text in ATTRIBUTE.findall(html) if name in READ_ALOUD]
    # An attribute that a macro writes stands between no brackets here.
    texts = [*aloud, unescape(ATTRIBUTE.sub(" ", TAG.sub(" ", html)))]
    return {word for text in texts for word in WORD.findall(text)} - NAMES


def strings_that_nobody_says(source: str) -> Iterator[str]:
    """String constants in expressions, outside `say(...)`, that a person could read."""
    tree = Environment().parse(source)
    said = {id(inner) for call in _sayings(tree) for inner in call.find_all(nodes.Const)}
    for constant in tree.find_all(nodes.Const):
        if id(constant) not in said and isinstance(constant.value, str):
            text = without_names(unescape(TAG.sub("", constant.value)))
            if READS_LIKE_WORDS.search(text):
                yield constant.value


def said_in(source: str) -> Iterator[tuple[str, str]]:
    """The two texts of every `say(...)` that stand in the template itself."""
    for call in _sayings(Environment().parse(source)):
        texts = [argument.value for argument in call.args if isinstance(argument, nodes.Const)]
        if len(texts) == 2:
            yield texts[0], texts[1]


def _sayings(tree: nodes.Template) -> list[nodes.Call]:
    calls = tree.find_all(nodes.Call)
    return [call for call in calls if isinstance(call.node, nodes.Name) and call.node.name == "say"]


@cache
def values_in(text: str) -> frozenset[str]:
    return frozenset(name for _, name, _, _ in Formatter().parse(text) if name)


def without_names(text: str) -> str:
    return WORD.sub(lambda found: "" if found[0] in NAMES else found[0], text)


def swedish_outside_words(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Strings with å, ä or ö that do not stand in a call which takes both languages."""
    spoken = {
        id(inner)
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func).rpartition(".")[2].lstrip("_") in SPEAKERS
        for inner in ast.walk(call)
    }
    passed_over = spoken | {id(one.value) for one in ast.walk(tree) if isinstance(one, ast.Expr)}
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or id(node) in passed_over:
            continue
        if isinstance(node.value, str) and SWEDISH_LETTER.search(without_names(node.value)):
            yield node.lineno, node.value
