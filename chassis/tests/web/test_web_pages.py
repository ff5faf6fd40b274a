"""Pages in the frame: what a reader meets, and what a browser is allowed to do with it."""

import re
from hashlib import sha256
from html.parser import HTMLParser

import httpx
import pytest

from est_chassis.web.frame import STATIC
from est_chassis.web.static_files import mark_of

EVENT_HANDLER = re.compile(r"on[a-z]+")


class Markup(HTMLParser):
    """The tags of a page, in order."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def all(self, tag: str) -> list[dict[str, str | None]]:
        return [attributes for name, attributes in self.tags if name == tag]


async def test_every_part_of_a_page_is_drawn(seated: httpx.AsyncClient) -> None:
    html = (await seated.get("/pictures")).text

    for part in (
        "key-figures",
        "alert-card",
        "badge-level",
        "timeline",
        "numeric",
        "empty",
        "facts",
        "drawing",
    ):
        assert part in html


async def test_texts_on_a_page_cannot_become_markup(client: httpx.AsyncClient) -> None:
    html = (await client.get("/report")).text

    assert "&lt;b&gt;Rutor&lt;/b&gt; krossade &amp; klotter" in html


@pytest.mark.parametrize("path", ["/pictures", "/report", "/sign-in"])
async def test_a_page_has_nothing_that_its_content_policy_forbids(
    seated: httpx.AsyncClient, path: str
) -> None:
    response = await seated.get(path)

    assert "default-src 'self'" in response.headers["content-security-policy"]
    assert "unsafe" not in response.headers["content-security-policy"]
    for tag, attributes in Markup(response.text).tags:
        assert tag != "style"
        assert tag != "script" or attributes["src"], "scripts lie in files"
        assert "style" not in attributes
        assert not any(EVENT_HANDLER.fullmatch(name) for name in attributes)


@pytest.mark.parametrize("path", ["/pictures", "/report", "/sign-in", "/nowhere"])
async def test_a_page_needs_no_other_server(seated: httpx.AsyncClient, path: str) -> None:
    markup = Markup((await seated.get(path)).text)

    addresses = [each.get("src") for each in markup.all("script") + markup.all("img")]
    addresses += [each.get("href") for each in markup.all("link")]
    assert addresses
    for address in addresses:
        assert address is not None
        assert address.startswith("/static/")
        assert (await seated.get(address)).status_code == 200


@pytest.mark.parametrize("path", ["/pictures", "/report", "/sign-in", "/nowhere"])
async def test_a_page_can_be_read_aloud(seated: httpx.AsyncClient, path: str) -> None:
    html = (await seated.get(path)).text
    markup = Markup(html)

    assert markup.all("html")[0]["lang"] == "sv"
    assert len(markup.all("h1")) == 1
    assert markup.all("a")[0] == {"class": "skip", "href": "#main"}
    identifiers = [attributes["id"] for _, attributes in markup.tags if "id" in attributes]
    assert len(identifiers) == len(set(identifiers))
    named = {attributes.get("for") for attributes in markup.all("label")}
    for field in markup.all("input") + markup.all("select") + markup.all("textarea"):
        assert field.get("type") == "hidden" or field["id"] in named
    for _, attributes in markup.tags:
        for reference in (attributes.get("aria-describedby") or "").split():
            assert reference in identifiers


async def test_a_field_with_an_error_says_what_to_do_and_is_led_to(client: httpx.AsyncClient) -> None:
    markup = Markup((await client.get("/report")).text)

    wrong = next(each for each in markup.all("textarea"))
    assert wrong["aria-invalid"] == "true"
    assert "text-error" in str(wrong["aria-describedby"])
    assert "#text" in {each.get("href") for each in markup.all("a")}


async def test_navigation_shows_where_one_is_and_only_what_one_may(seated: httpx.AsyncClient) -> None:
    markup = Markup((await seated.get("/pictures")).text)

    current = [each["href"] for each in markup.all("a") if each.get("aria-current") == "page"]
    assert current == ["/pictures"]

    seated.cookies.clear()
    public = Markup((await seated.get("/report")).text)
    assert "/distributions" not in {each.get("href") for each in public.all("a")}


async def test_the_demo_says_that_it_is_one(client: httpx.AsyncClient) -> None:
    assert "allt som sägs ha hänt är påhittat" in (await client.get("/report")).text


async def test_every_page_says_whom_to_call_when_it_burns(client: httpx.AsyncClient) -> None:
    html = (await client.get("/nowhere", headers={"accept": "text/html"})).text

    assert "<strong>112</strong>" in html
    assert "114&nbsp;14" in html


async def test_a_part_asked_for_by_the_page_itself_comes_without_its_frame(seated: httpx.AsyncClient) -> None:
    html = (await seated.get("/pictures", headers={"hx-request-type": "partial"})).text

    assert "<html" not in html
    assert "Lägesbild vecka 47" in html


async def test_nothing_about_a_municipality_is_kept_by_the_browser(seated: httpx.AsyncClient) -> None:
    assert (await seated.get("/pictures")).headers["cache-control"] == "no-store"


async def test_a_marked_file_is_kept_for_a_year_and_an_unmarked_one_is_asked_for(
    client: httpx.AsyncClient,
) -> None:
    markup = Markup((await client.get("/report")).text)
    marked = next(str(each["href"]) for each in markup.all("link") if each["rel"] == "stylesheet")

    assert "immutable" in (await client.get(marked)).headers["cache-control"]
    assert (await client.get("/static/est.css")).headers["cache-control"] == "no-cache"


@pytest.mark.parametrize("query", ["v=", "v=0123456789", "v={mark}0", "v={mark}&v=1", "v=1&v={mark}"])
async def test_a_mark_that_is_not_the_files_own_keeps_nothing(client: httpx.AsyncClient, query: str) -> None:
    mark = mark_of(STATIC / "est.css")

    answer = await client.get(f"/static/est.css?{query.format(mark=mark)}")

    assert (answer.status_code, answer.headers["cache-control"]) == (200, "no-cache")


async def test_a_services_own_files_are_found_under_its_name(client: httpx.AsyncClient) -> None:
    scripts = [each["src"] for each in Markup((await client.get("/report")).text).all("script")]

    own = next(str(source) for source in scripts if "/sample/" in str(source))
    assert (await client.get(own)).text == '"use strict";\n'


@pytest.mark.parametrize(
    "path", ["/static/../frame.py", "/static/%2e%2e/frame.py", "/static/sample/../../pages.py"]
)
async def test_files_beside_the_static_ones_are_not_served(client: httpx.AsyncClient, path: str) -> None:
    assert (await client.get(path)).status_code == 404


def test_vendored_files_are_the_ones_that_are_noted() -> None:
    noted = (STATIC / "vendor" / "VENDORED.md").read_text(encoding="utf-8")

    scripts = sorted((STATIC / "vendor").glob("*.js"))
    assert scripts
    for script in scripts:
        assert f"| `{script.name}` |" in noted
        assert sha256(script.read_bytes()).hexdigest() in noted
