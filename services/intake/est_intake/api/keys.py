"""How coordinators issue keys for programs, see them and revoke them."""

from datetime import date, datetime
from typing import Annotated, Any, cast

from fastapi import APIRouter, Path
from pydantic import BaseModel, ConfigDict, Field
from starlette.requests import Request
from starlette.responses import Response

from est_chassis.web.bodies import accepts, parse_body
from est_contracts.vocabulary import FunctionId, MunicipalityCode
from est_intake.api.callers import Coordinating, OfMunicipality, municipality_of, sender_of, service_of
from est_intake.api.described import with_example
from est_intake.domain.api_key import LARGEST_QUOTA, LONGEST_NAME, KeyOrder, KeyScope
from est_intake.read_models.api_keys import KeyRow, keys_of
from est_intake.settings import IntakeSettings

router = APIRouter()

KeyId = Annotated[
    str, Path(description="The key's ID, the part between `est_` and the secret.", max_length=40)
]


class KeyAskedFor(BaseModel):
    """A key for a program: which function it speaks for, and what it may do."""

    model_config = ConfigDict(extra="forbid")

    municipality: MunicipalityCode | None = Field(
        None, description="Taken from the credential when left out."
    )
    function: FunctionId
    name: Annotated[str, Field(min_length=1, max_length=LONGEST_NAME)]
    scopes: Annotated[list[KeyScope], Field(min_length=1)]
    quota_per_minute: Annotated[int, Field(ge=1, le=LARGEST_QUOTA)] | None = None
    expires_on: date | None = Field(None, description="The last day on which it opens anything.")


class KeyAsListed(BaseModel):
    """A key without its secret, which nobody has any more."""

    key_id: str
    municipality: MunicipalityCode
    function: FunctionId
    name: str
    scopes: list[str]
    quota_per_minute: int
    expires_on: date | None
    issued_at: datetime
    revoked_at: datetime | None
    last_used_on: date | None


class KeyIssued(BaseModel):
    """The new key; the token is told here and never again."""

    key_id: str
    token: str


class KeysListed(BaseModel):
    """All keys that a municipality has issued."""

    keys: list[KeyAsListed]


EXAMPLE_ORDER = {
    "function": "bovard_norrangen",
    "name": "Fastighetsappen",
    "scopes": ["reports:write", "changes:read"],
    "quota_per_minute": 120,
    "expires_on": "2027-12-31",
}
EXAMPLE_ISSUED = {
    "key_id": "k3f9a1c20b7e4",
    "token": "est_k3f9a1c20b7e4_a-secret-that-is-told-once-and-never-again",
}
ISSUED: dict[int | str, dict[str, Any]] = {
    201: {"description": "Issued.", "content": {"application/json": {"example": EXAMPLE_ISSUED}}}
}


@router.post(
    "/v1/keys",
    status_code=201,
    response_model=KeyIssued,
    responses=ISSUED,
    openapi_extra=with_example(accepts(KeyAskedFor), EXAMPLE_ORDER),
)
async def issue_key(request: Request, caller: Coordinating) -> Response:
    """Issue a key that is bound to a function. The token is in this answer and nowhere else."""
    asked = await parse_body(request, KeyAskedFor)
    service = service_of(request)
    settings = cast(IntakeSettings, service.settings)
    order = KeyOrder(
        municipality=asked.municipality or municipality_of(caller, None),
        function=asked.function,
        name=asked.name.strip(),
        scopes=tuple(dict.fromkeys(asked.scopes)),
        quota_per_minute=asked.quota_per_minute or settings.key_quota_per_minute,
        expires_on=asked.expires_on,
    )
    issued = await service.do(lambda app: app.keys.issue_key(order, by=sender_of(caller)))
    await service.shown()
    told = KeyIssued(key_id=issued.key_id, token=issued.token)
    return Response(told.model_dump_json(), status_code=201, media_type="application/json")


@router.get("/v1/keys", response_model=KeysListed)
async def list_keys(request: Request, caller: Coordinating, municipality: OfMunicipality = None) -> Response:
    """Every key of the municipality, the revoked ones too, with the last day on which each was used."""
    of = municipality_of(caller, municipality)
    rows = await service_of(request).ask(lambda cursor: keys_of(cursor, of))
    told = KeysListed(keys=[_listed(row) for row in rows])
    return Response(told.model_dump_json(), media_type="application/json")


@router.delete("/v1/keys/{key_id}", status_code=204)
async def revoke_key(
    key_id: KeyId, request: Request, caller: Coordinating, municipality: OfMunicipality = None
) -> Response:
    """Revoke a key; within a second it opens nothing. Doing so again changes nothing.

    Whoever may issue a key for its function may revoke it: of another organisation's function that may
    do more than report, that is its own coordinator, and an operator.
    """
    of, sender = municipality_of(caller, municipality), sender_of(caller)
    await service_of(request).do(lambda app: app.keys.revoke_key(of, key_id, by=sender))
    await service_of(request).shown()
    return Response(status_code=204)


def _listed(row: KeyRow) -> KeyAsListed:
    return KeyAsListed(
        key_id=row.key_id,
        municipality=row.municipality,
        function=row.function,
        name=row.name,
        scopes=list(row.scopes),
        quota_per_minute=row.quota_per_minute,
        expires_on=row.expires_on,
        issued_at=row.issued_at,
        revoked_at=row.revoked_at,
        last_used_on=row.last_used_on,
    )
