"""How the things of a municipality are named: keys, never text about people."""

from typing import Annotated

from pydantic import StringConstraints

MunicipalityCode = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}$")]
"""Kommunkod: four digits, SCB's or a demo code."""

AreaId = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}[A-Za-z0-9_]{1,20}$")]
"""Områdeskod: the municipality's code and then the area's, as in 9901R001."""

OrganisationId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]

FunctionId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""A function (nyckelfunktion), as in bovard_norrangen; never a person."""

ChecklistId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}$")]

ChecklistGroupId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_.]{0,59}$")]
"""A part of a checklist, as in malmo.brott."""

EntryId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,29}\.[0-9]{1,3}$")]
"""An entry of a checklist, as in orebro.1."""

WeekName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-W[0-9]{2}$")]
"""A reporting period, as in 2026-W47."""

RuleName = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,79}$")]
"""A named clause, as in three_incidents_in_two_weeks."""

SourceReference = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,39}:[A-Za-z0-9._-]{1,150}$")]
"""Where a report came from and its key there, as in polisen:371971."""

Fingerprint = Annotated[str, StringConstraints(pattern=r"^[0-9a-f]{64}$")]
"""SHA-256 of what was published, in hexadecimal."""

EmailAddress = Annotated[
    str, StringConstraints(max_length=200, pattern=r"^[A-Za-z0-9._+-]+@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)+$")
]
"""The mailbox of a function, never of a person."""

ClockTime = Annotated[str, StringConstraints(pattern=r"^([01][0-9]|2[0-3]):[0-5][0-9]$")]
"""A time of day in Stockholm, as in 10:00."""

PlaceId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""A place that the municipality has named, as in hulta_torg."""

GroupId = Annotated[str, StringConstraints(pattern=r"^[a-z][a-z0-9_]{0,59}$")]
"""A local group (lokal EST-grupp) of organisation model B."""

PeriodName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-W[0-9]{2}(-W[0-9]{2})?$")]
"""A reporting period, as in 2026-W47, or 2026-W46-W47 for fourteen days."""

QuarterName = Annotated[str, StringConstraints(pattern=r"^[0-9]{4}-Q[1-4]$")]
"""A quarter, as in 2026-Q4."""

PicturePeriodName = Annotated[
    str,
    StringConstraints(pattern=r"^[0-9]{4}(-(W[0-9]{2}(-W[0-9]{2})?|Q[1-4]|T[1-3]|H[12]|(0[1-9]|1[0-2])))?$"),
]
"""A picture's period: 2026-W47, 2026-W46-W47, 2026-11, 2026-Q4, 2026-T3, 2026-H2 or 2026."""
