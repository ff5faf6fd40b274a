"""How people come in: the start page, the phone page, the reports."""

from fastapi import APIRouter

router = APIRouter(include_in_schema=False)
