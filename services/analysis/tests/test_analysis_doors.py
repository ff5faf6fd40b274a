"""How programs and people come in to decide about problems."""

import psycopg
import pytest
from situations import WEEK_47, Telling, seat

from est_analysis.domain.problem import Problem
from est_chassis.testing import FreshDatabase, HostedService
from est_contracts.example_collaboration import NORRANGEN
from est_contracts.vocabulary import Role

PROBLEM = Problem.create_id("9901", area=NORRANGEN, theme="vandalism")
PROBLEMS = "/v1/municipalities/9901/problems"
COORDINATOR = seat(Role.COORDINATOR)
DUTY_OFFICER = seat(Role.DUTY_OFFICER)
REPORTER = seat(Role.REPORTER)


async def a_flagged_problem(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(intake.collaboration(), *intake.reports(6, 5, 7))
    await analysis.settled()


async def version_of(analysis: HostedService) -> str:
    await analysis.settled()
    return (await analysis.http.get(f"{PROBLEMS}/{PROBLEM}", headers=COORDINATOR)).headers["etag"]


async def test_the_problems_are_told_with_their_evidence_in_two_languages(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    answer = await analysis.http.get(PROBLEMS, headers=DUTY_OFFICER)

    (problem,) = answer.json()["problems"]
    assert (problem["area_name"], problem["theme"], problem["state"]) == ("Norrängen", "vandalism", "flagged")
    assert problem["evidence"]["words"]["en"].startswith("vandalism in Norrängen: 6, 5, 7 against")


async def test_problems_can_be_chosen_by_their_state(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    answer = await analysis.http.get(f"{PROBLEMS}?state=confirmed", headers=COORDINATOR)

    assert answer.json() == {"problems": []}


async def test_another_municipality_sees_nothing(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)
    neighbour = seat(Role.COORDINATOR, municipality="1880")

    assert (await analysis.http.get(PROBLEMS, headers=neighbour)).status_code == 404
    own = await analysis.http.get(f"/v1/municipalities/1880/problems/{PROBLEM}", headers=neighbour)
    assert own.status_code == 404
    decision = await analysis.http.put(
        f"/v1/municipalities/1880/problems/{PROBLEM}/dismissal",
        headers={**neighbour, "If-Match": '"1"'},
        json={"reason": "chance"},
    )
    assert decision.status_code == 404


async def test_reporters_and_strangers_do_not_come_in(analysis: HostedService) -> None:
    assert (await analysis.http.get(PROBLEMS, headers=REPORTER)).status_code == 403
    assert (await analysis.http.get(PROBLEMS)).status_code == 401


async def test_only_coordinators_decide(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    answer = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation",
        headers={**DUTY_OFFICER, "If-Match": '"1"'},
        json={"reason": "seen_by_us"},
    )

    assert answer.status_code == 403


async def test_a_decision_needs_the_version_that_was_seen(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    answer = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation", headers=COORDINATOR, json={"reason": "seen_by_us"}
    )

    assert answer.status_code == 428
    assert answer.json()["errors"][0]["field"] == "if-match"


async def test_a_decision_on_an_older_version_has_to_look_again(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    answer = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation",
        headers={**COORDINATOR, "If-Match": '"0"'},
        json={"reason": "seen_by_us"},
    )

    assert answer.status_code == 412
    assert answer.json()["type"] == "urn:est:problem:evidence_has_changed"


async def test_a_reason_that_does_not_exist_is_named(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    answer = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/dismissal",
        headers={**COORDINATOR, "If-Match": '"1"'},
        json={"reason": "because"},
    )

    assert answer.status_code == 422
    assert answer.json()["errors"][0]["field"] == "reason"


async def test_a_confirmation_answers_with_the_new_version_and_may_be_repeated(
    analysis: HostedService,
) -> None:
    await a_flagged_problem(analysis)
    headers = {**COORDINATOR, "If-Match": await version_of(analysis)}

    first = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation", headers=headers, json={"reason": "seen_by_us"}
    )
    again = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation", headers=headers, json={"reason": "seen_by_us"}
    )

    assert first.status_code == again.status_code == 200
    assert first.json() == again.json()
    assert first.json()["state"] == "confirmed"


async def test_the_page_shows_the_sentence_the_line_and_the_buttons(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    shown = (await analysis.http.get("/problems", headers=COORDINATOR)).text

    assert "Skadegörelse i Norrängen" in shown
    assert "6, 5, 7 mot väntat" in shown
    assert 'value="confirm:seen_by_us"' in shown
    assert "<svg" in shown


async def test_the_page_is_read_in_english_with_the_same_evidence(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)
    in_english = {**COORDINATOR, "accept": "text/html", "accept-language": "en"}

    listed = (await analysis.http.get("/problems", headers=in_english)).text
    alone = (await analysis.http.get(f"/problems/{PROBLEM}", headers=in_english)).text

    for page in (listed, alone):
        assert '<html lang="en">' in page
        for words in (
            "Vandalism in Norrängen",
            "By week: 6, 5, 7 against",
            "Yes, we see it too",
            "Was reported",
        ):
            assert words in page
        for words in ("Skadegörelse", "veckan i rad", "Per vecka", "Rapporter", "Förslag", "Nej, "):
            assert words not in page


async def test_a_duty_officer_sees_the_page_without_buttons(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)

    shown = (await analysis.http.get("/problems", headers=DUTY_OFFICER)).text

    assert "Skadegörelse i Norrängen" in shown
    assert "confirm:" not in shown


async def test_a_problem_that_calmed_down_before_anybody_decided_is_told_to_wait_for_it(
    analysis: HostedService,
) -> None:
    intake = Telling()
    await analysis.hears(intake.collaboration(), *intake.reports(6, 5, 7, until=WEEK_47.before(8)))
    await analysis.settled()

    undecided = (await analysis.http.get("/problems", headers=COORDINATOR)).text
    seen = (await version_of(analysis)).strip('"')
    sent = {"decision": "dismiss:chance", "seen_version": seen, "words": ""}
    await analysis.http.post(f"/problems/{PROBLEM}/decision", headers=COORDINATOR, data=sent)
    decided = (await analysis.http.get("/problems", headers=COORDINATOR)).text

    assert "Har lugnat sig utan beslut" in undecided
    assert 'id="calmed"' not in undecided
    assert "Har lugnat sig utan beslut" not in decided
    assert 'id="calmed"' in decided
    assert all(f"problem-{PROBLEM}" in page for page in (undecided, decided))


async def test_one_tap_dismisses_with_a_reason(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)
    seen = (await version_of(analysis)).strip('"')

    tapped = await analysis.http.post(
        f"/problems/{PROBLEM}/decision",
        headers=COORDINATOR,
        data={"decision": "dismiss:more_reporting", "seen_version": seen, "words": ""},
    )

    assert tapped.status_code == 303
    shown = (await analysis.http.get(tapped.headers["location"], headers=COORDINATOR)).text
    assert "Beslutet är registrerat" in shown
    assert "Avfärdat" in shown


async def test_words_that_point_at_somebody_come_back_to_be_corrected(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)
    seen = (await version_of(analysis)).strip('"')

    answer = await analysis.http.post(
        f"/problems/{PROBLEM}/decision",
        headers=COORDINATOR,
        data={"decision": "dismiss:other", "seen_version": seen, "words": "Ring 070-123 45 67"},
    )

    assert answer.status_code == 422
    assert "Ta bort telefonnummer" in answer.text
    assert await version_of(analysis) == f'"{seen}"'


async def test_a_tap_on_an_old_page_shows_the_new_evidence_first(analysis: HostedService) -> None:
    intake = Telling()
    await analysis.hears(intake.collaboration(), *intake.reports(6, 5, 7))
    seen = (await version_of(analysis)).strip('"')
    await analysis.hears(*intake.reports(1))
    await analysis.settled()

    answer = await analysis.http.post(
        f"/problems/{PROBLEM}/decision",
        headers=COORDINATOR,
        data={"decision": "confirm:seen_by_us", "seen_version": seen, "words": ""},
    )

    assert answer.status_code == 412
    assert "Underlaget har ändrats" in answer.text
    assert "6, 5, 8 mot" in answer.text


async def test_the_words_of_a_decision_are_shown_and_stay_in_the_house(analysis: HostedService) -> None:
    await a_flagged_problem(analysis)
    seen = (await version_of(analysis)).strip('"')

    await analysis.http.post(
        f"/problems/{PROBLEM}/decision",
        headers=COORDINATOR,
        data={"decision": "confirm:other", "seen_version": seen, "words": "Skolan bygger om."},
    )

    shown = (await analysis.http.get(f"/problems/{PROBLEM}", headers=COORDINATOR)).text
    assert "Skolan bygger om." in shown
    assert all("Skolan" not in message.body().decode() for message in await analysis.tells())


async def test_a_later_decision_without_words_does_not_borrow_those_of_the_earlier(
    analysis: HostedService, database: FreshDatabase
) -> None:
    await a_flagged_problem(analysis)
    for decision, words in (("confirm:other", "Skolan bygger om."), ("dismiss:chance", "")):
        seen = (await version_of(analysis)).strip('"')
        sent = {"decision": decision, "seen_version": seen, "words": words}
        decided = await analysis.http.post(f"/problems/{PROBLEM}/decision", headers=COORDINATOR, data=sent)
        assert decided.status_code == 303

    shown = (await analysis.http.get(f"/problems/{PROBLEM}", headers=COORDINATOR)).text

    assert "Avfärdat" in shown
    assert "Skolan bygger om." not in shown
    # What nobody is shown any more can still be erased from the page.
    page = await analysis.http.post(f"/problems/{PROBLEM}/words/erasure", headers=COORDINATOR)
    now = (await analysis.http.get(page.headers["location"], headers=COORDINATOR)).text
    assert f"/problems/{PROBLEM}/words/erasure" in shown
    assert f"/problems/{PROBLEM}/words/erasure" not in now
    assert "Orden är gallrade" in now
    assert where_found("Skolan", database) == set()


@pytest.mark.parametrize("door", ["the page", "the API"])
async def test_erased_words_are_gone_from_every_table_and_the_decision_stands(
    analysis: HostedService, database: FreshDatabase, door: str
) -> None:
    await a_flagged_problem(analysis)
    for decision, words in (("confirm:other", "Skolan bygger om."), ("dismiss:other", "Skolan är klar.")):
        seen = (await version_of(analysis)).strip('"')
        sent = {"decision": decision, "seen_version": seen, "words": words}
        decided = await analysis.http.post(f"/problems/{PROBLEM}/decision", headers=COORDINATOR, data=sent)
        assert decided.status_code == 303
    shown = (await analysis.http.get(f"/problems/{PROBLEM}", headers=COORDINATOR)).text
    unasked = (await analysis.http.get(f"/problems/{PROBLEM}", headers=DUTY_OFFICER)).text
    lay_in = where_found("Skolan", database)

    if door == "the page":
        page = await analysis.http.post(f"/problems/{PROBLEM}/words/erasure", headers=COORDINATOR)
        now = (await analysis.http.get(page.headers["location"], headers=COORDINATOR)).text
        assert "Orden är gallrade" in now
    else:
        erased = await analysis.http.delete(f"{PROBLEMS}/{PROBLEM}/words", headers=COORDINATOR)
        assert erased.json() == {"problem_id": str(PROBLEM), "words_are_erased": True}
        now = (await analysis.http.get(f"/problems/{PROBLEM}", headers=COORDINATOR)).text

    assert "Skolan är klar." in shown
    assert f"/problems/{PROBLEM}/words/erasure" in shown
    assert f"/problems/{PROBLEM}/words/erasure" not in unasked
    assert lay_in == {"analysis_beside.decision_words"}
    assert where_found("Skolan", database) == set()
    assert "Avfärdat" in now
    assert "Skolan" not in now
    # Who decides next has seen the problem as it stands now.
    headers = {**COORDINATOR, "If-Match": await version_of(analysis)}
    again = await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation", headers=headers, json={"reason": "seen_by_us"}
    )
    assert again.status_code == 200


async def test_only_coordinators_of_the_municipality_erase_and_twice_does_it_once(
    analysis: HostedService,
) -> None:
    await a_flagged_problem(analysis)
    await analysis.http.put(
        f"{PROBLEMS}/{PROBLEM}/confirmation",
        headers={**COORDINATOR, "If-Match": await version_of(analysis)},
        json={"reason": "other", "words": "Skolan bygger om."},
    )
    await analysis.settled()
    neighbour = seat(Role.COORDINATOR, municipality="1880")

    refused = [
        (await analysis.http.delete(f"{PROBLEMS}/{PROBLEM}/words", headers=DUTY_OFFICER)).status_code,
        (await analysis.http.delete(f"{PROBLEMS}/{PROBLEM}/words", headers=neighbour)).status_code,
        (
            await analysis.http.delete(f"/v1/municipalities/1880/problems/{PROBLEM}/words", headers=neighbour)
        ).status_code,
        (await analysis.http.post(f"/problems/{PROBLEM}/words/erasure", headers=neighbour)).status_code,
    ]
    still = (await analysis.http.get(f"/problems/{PROBLEM}", headers=COORDINATOR)).text
    versions = []
    for _time in range(2):
        await analysis.http.delete(f"{PROBLEMS}/{PROBLEM}/words", headers=COORDINATOR)
        await analysis.settled()
        versions.append(await version_of(analysis))

    assert refused == [403, 404, 404, 404]
    assert "Skolan bygger om." in still
    assert versions[0] == versions[1]


def where_found(word: str, database: FreshDatabase) -> set[str]:
    """The tables it lies in, of all schemas, as they are written out."""
    found: set[str] = set()
    with psycopg.connect(database.owner_url) as owner:
        tables = owner.execute(
            "SELECT schemaname, tablename FROM pg_tables WHERE schemaname LIKE 'analysis%'"
        ).fetchall()
        for schema, table in tables:
            # What is kept as bytes is written out in hexadecimal.
            query = (
                f'SELECT count(*) FROM "{schema}"."{table}" AS row'
                " WHERE row::text LIKE %(word)s OR row::text LIKE %(bytes)s"
            )
            asked = {"word": f"%{word}%", "bytes": f"%{word.encode().hex()}%"}
            if owner.execute(query, asked).fetchone() != (0,):
                found.add(f"{schema}.{table}")
    return found


async def test_a_problem_that_does_not_exist_is_not_found(analysis: HostedService) -> None:
    missing = await analysis.http.get(f"{PROBLEMS}/{PROBLEM}", headers=COORDINATOR)

    assert missing.status_code == 404
