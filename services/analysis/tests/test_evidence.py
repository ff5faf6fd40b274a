"""Evidence in plain words."""

from histories import history

from est_analysis.domain.evidence import Evidence, evidence_of
from est_contracts.vocabulary import Theme


def test_evidence_reads_as_a_coordinator_would_write_it() -> None:
    earlier = (2,) * 51 + (4,)
    evidence = evidence_of(history(0, 6, 5, 7, earlier=earlier), theme=Theme.VANDALISM, area_name="Norrängen")

    assert evidence.words.sv == (
        "skadegörelse i Norrängen: 6, 5, 7 mot väntat 1,8; tredje veckan i rad; tre organisationer"
    )
    assert evidence.words.en == (
        "vandalism in Norrängen: 6, 5, 7 against 1.8 expected; third week in a row; three organisations"
    )


def test_a_run_that_began_before_the_window_is_counted_from_its_beginning() -> None:
    evidence = evidence_of(
        history(3, 6, 5, 7, earlier=(0,) * 51 + (4,)), theme=Theme.VANDALISM, area_name="Norrängen"
    )

    assert evidence.weeks_in_row == 5
    assert "3, 6, 5, 7 mot" in evidence.words.sv


def test_a_run_with_a_gap_is_told_as_weeks_of_four() -> None:
    evidence = evidence_of(history(6, 5, 0, 7), theme=Theme.FIRE, area_name="Hamnen")

    assert "6, 5, 0, 7 mot" in evidence.words.sv
    assert "tre av fyra veckor" in evidence.words.sv
    assert "three of four weeks" in evidence.words.en


def test_one_organisation_is_told_in_the_singular() -> None:
    evidence = evidence_of(history(1, 5, 4, 7, organisations=1), theme=Theme.FIRE, area_name="Hamnen")

    assert evidence.words.sv.endswith("en organisation")
    assert evidence.words.en.endswith("one organisation")


def test_long_runs_have_their_right_endings() -> None:
    earlier = (0,) * 35 + (5,) * 17
    evidence = evidence_of(history(5, 5, 5, 5, earlier=earlier), theme=Theme.FIRE, area_name="Hamnen")

    assert "21:a veckan i rad" in evidence.words.sv
    assert "21st week in a row" in evidence.words.en


def test_evidence_comes_back_from_the_log_as_it_was() -> None:
    evidence = evidence_of(history(1, 5, 4, 7), theme=Theme.FIRE, area_name="Hamnen")

    read_back = Evidence.from_stored(evidence.stored())

    assert read_back == evidence
    assert isinstance(read_back.counts, tuple)


def test_every_report_is_news_while_they_are_few() -> None:
    assert told(0, 6, 5, 8).is_news_after(told(0, 6, 5, 7))
    assert told(0, 6, 5, 6).is_news_after(told(0, 6, 5, 7))
    assert told(1, 6, 5, 7).is_news_after(told(0, 6, 5, 7))


def test_one_more_report_in_a_flood_is_no_news() -> None:
    assert not told(0, 60, 50, 71).is_news_after(told(0, 60, 50, 70))
    assert told(0, 60, 50, 77).is_news_after(told(0, 60, 50, 70))


def test_another_organisation_is_news() -> None:
    two = evidence_of(history(0, 60, 50, 70, organisations=2), theme=Theme.FIRE, area_name="Hamnen")

    assert told(0, 60, 50, 70).is_news_after(two)


def told(*window: int) -> Evidence:
    return evidence_of(history(*window), theme=Theme.FIRE, area_name="Hamnen")
