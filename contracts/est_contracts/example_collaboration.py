"""A small collaboration in Valboås, a municipality that does not exist: enough for tests to meet in."""

from est_contracts.vocabulary import (
    Area,
    CollaborationDocument,
    Deadline,
    DistributionList,
    Edition,
    Function,
    Meeting,
    Organisation,
    OrganisationKind,
    Party,
    Role,
)

CENTRUM, NORRANGEN, HAMNEN = "9901R001", "9901R002", "9901R005"


def example_collaboration() -> CollaborationDocument:
    """Three parties, three areas, and the functions that report, coordinate, stand by and receive."""
    return CollaborationDocument(
        municipality="9901",
        name="Valboås",
        organisation_model="A",
        checklists=("orebro",),
        period_days=7,
        # Nobody is reminded in the middle of a test, whatever day it is, unless the test asks for it.
        deadline=Deadline(weekday=3, time="10:00", reminder_hours=0),
        meeting=Meeting(weekday=4, time="10:00"),
        organisations=_organisations(),
        areas=(
            Area(area_id=CENTRUM, name="Valboås centrum", priority=True, polygon=_square(13.30, 58.93)),
            Area(area_id=NORRANGEN, name="Norrängen", priority=True, polygon=_square(13.30, 58.94)),
            Area(area_id=HAMNEN, name="Hamnen", polygon=_square(13.40, 58.92)),
        ),
        functions=_functions(),
        distribution_lists=(
            DistributionList(edition=Edition.INTERNAL, recipients=("samordnaren", "faltgruppen")),
            DistributionList(edition=Edition.GENERAL, recipients=("kommundirektoren",)),
            DistributionList(edition=Edition.DUTY_OFFICER, recipients=("tib", "tib_ersattare")),
        ),
    )


def _organisations() -> tuple[Organisation, ...]:
    return (
        Organisation(
            organisation_id="valboas_kommun",
            name="Valboås kommun",
            party=Party.MUNICIPALITY,
            kind=OrganisationKind.MUNICIPALITY,
        ),
        Organisation(
            organisation_id="polisen_valboas",
            name="Polisen i Valboås",
            party=Party.POLICE,
            kind=OrganisationKind.POLICE,
        ),
        Organisation(
            organisation_id="valboasbostader",
            name="Valboåsbostäder",
            party=Party.HOUSING,
            kind=OrganisationKind.HOUSING,
        ),
    )


def _functions() -> tuple[Function, ...]:
    kommun, polis, bostad = "valboas_kommun", "polisen_valboas", "valboasbostader"
    reporter, coordinator, duty = (Role.REPORTER,), (Role.COORDINATOR, Role.REPORTER), (Role.DUTY_OFFICER,)
    return (
        _function("samordnaren", "Brottsförebyggande samordnare", kommun, coordinator),
        _function("faltgruppen", "Fältgruppen", kommun, reporter),
        _function("kommunpolisen", "Kommunpolis", polis, coordinator),
        _function("bosocial_utvecklare", "Bosocial utvecklare", bostad, coordinator),
        Function(
            function_id="bovard_norrangen",
            title="Bovärd Norrängen",
            organisation_id=bostad,
            roles=reporter,
            area_ids=(NORRANGEN,),
        ),
        Function(
            function_id="tib",
            title="Tjänsteman i beredskap",
            organisation_id=kommun,
            roles=duty,
            substitute="tib_ersattare",
            email="tib@valboas.example",
            # From the series kept free for fiction.
            telephone="08-465 004 01",
        ),
        _function("tib_ersattare", "Ersättare för tjänsteman i beredskap", kommun, duty),
        _function("kommundirektoren", "Kommundirektör", kommun, (Role.RECIPIENT,)),
    )


def _function(function_id: str, title: str, organisation_id: str, roles: tuple[Role, ...]) -> Function:
    return Function(
        function_id=function_id,
        title=title,
        organisation_id=organisation_id,
        roles=roles,
        email=f"{function_id}@valboas.example",
    )


def _square(west: float, south: float) -> tuple[tuple[tuple[float, float], ...], ...]:
    east, north = round(west + 0.02, 5), round(south + 0.01, 5)
    return (((west, south), (east, south), (east, north), (west, north), (west, south)),)
