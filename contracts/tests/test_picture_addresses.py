"""What people call the scope of a picture, and where the picture is shown."""

from est_contracts.example_collaboration import HAMNEN, NORRANGEN, example_collaboration
from est_contracts.vocabulary import LocalGroup, PictureScope, Words, open_picture_path, picture_path


def test_the_whole_municipality_needs_no_name() -> None:
    assert PictureScope().words(example_collaboration()) is None


def test_a_scope_is_called_what_the_municipality_calls_its_areas_and_groups() -> None:
    group = LocalGroup(group_id="norra", name="Norra gruppen", area_ids=(NORRANGEN,))
    document = example_collaboration().model_copy(update={"local_groups": (group,)})

    said = PictureScope.of(("priority", "norra", HAMNEN)).words(document)

    assert said == Words(
        sv="Hamnen, Norra gruppen, prioriterade områden", en="Hamnen, Norra gruppen, priority areas"
    )


def test_what_nobody_knows_stands_as_it_is() -> None:
    assert PictureScope.of(("9901R099",)).words(None) == Words(sv="9901R099", en="9901R099")


def test_many_areas_are_not_all_named() -> None:
    said = PictureScope.of(f"9901R{number:03d}" for number in range(20, 70)).words(None)

    assert said == Words(
        sv="9901R020, 9901R021, 9901R022, 9901R023, 46 områden till",
        en="9901R020, 9901R021, 9901R022, 9901R023, 46 more areas",
    )


def test_a_picture_has_one_address_and_says_only_what_is_asked() -> None:
    assert picture_path("9901", period="2026-W47") == "/pictures/9901/2026-W47"
    assert (
        picture_path("9901", period="2026-Q4", scope="9901R001,9901R002", edition="duty_officer")
        == "/pictures/9901/2026-Q4?scope=9901R001,9901R002&edition=duty_officer"
    )
    assert open_picture_path("9901", period="2026-Q4", version=2) == "/open/9901/2026-Q4/v2"
