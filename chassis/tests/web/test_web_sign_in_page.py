"""Many seats are found with a search where there are scripts, and in folded groups where there are none."""

import re

import httpx


async def test_what_to_begin_with_is_open_and_the_rest_is_folded(client: httpx.AsyncClient) -> None:
    html = (await client.get("/sign-in")).text

    first, _, others = html.partition("<details")
    assert 'value="coordinator"' in first
    assert 'value="duty"' in others
    assert re.search(r"<summary>Beredskap .*\(1\)", others)
    assert " open" not in others.partition(">")[0]


async def test_the_search_is_shown_only_by_the_script_that_makes_it_work(client: httpx.AsyncClient) -> None:
    html = (await client.get("/sign-in")).text

    assert "<div data-seat-filter hidden>" in html
    script = re.search(r'src="(/static/sign_in\.js[^"]*)"', html)
    assert script
    assert (await client.get(script[1])).status_code == 200


async def test_seats_may_be_told_in_both_languages(client: httpx.AsyncClient) -> None:
    english = (await client.get("/sign-in?language=en")).text

    assert "Duty" in english
    assert "Beredskap" not in english
