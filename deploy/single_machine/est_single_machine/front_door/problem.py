"""Answers of the front door itself: problem+json (RFC 9457) in two languages, or a page in one of them."""

import json
from dataclasses import dataclass
from html import escape
from typing import Any, Final

from est_chassis.web.bodies import LARGEST_BODY
from est_chassis.web.languages import Language
from est_single_machine.front_door.request import Headers

LARGEST_MEBIBYTES: Final = LARGEST_BODY // 1024**2


@dataclass(frozen=True)
class Problem:
    """Why there is no answer of a service, and what to do."""

    status: int
    title: str
    detail: str
    title_en: str
    detail_en: str
    retry_after_seconds: int | None = None


AWAY = Problem(
    status=503,
    title="Tjänsten är inte igång just nu",
    detail="Försök igen om en stund. Det du skickade har inte tagits emot.",
    title_en="The service is away at the moment",
    detail_en="Try again in a moment. What you sent has not been received.",
    retry_after_seconds=1,
)
BROKE_OFF = Problem(
    status=502,
    title="Svaret uteblev",
    detail="Tjänsten avbröt svaret. Skicka samma begäran igen: en upprepning gör ingen skada.",
    title_en="The answer failed to come",
    detail_en="The service broke off. Send the same request again: a repeat is harmless.",
)
UNFIT = Problem(
    status=400,
    title="Begäran går inte att läsa",
    detail="Adressen eller ett huvud innehåller tecken som inte får stå där.",
    title_en="The request cannot be read",
    detail_en="The address or a header holds characters that may not stand there.",
)
NOT_HERE = Problem(
    status=404,
    title="Sidan finns inte",
    detail="Ingen tjänst svarar på den adressen.",
    title_en="There is no such page",
    detail_en="No service answers at this address.",
)
TOO_LARGE = Problem(
    status=413,
    title="För stor begäran",
    detail=f"Dela upp innehållet: högst {LARGEST_MEBIBYTES} MiB åt gången.",
    title_en="The request is too large",
    detail_en=f"Divide the content: at most {LARGEST_MEBIBYTES} MiB at a time.",
)


# Nothing in it needs a service but its colours, and it can be read without them.
PAGE: Final = """<!doctype html>
<html lang="{language}">
<head>
  <meta charset="utf-8">
  <meta name="viewport" content="width=device-width, initial-scale=1">
  {again}<title>{title} – EST</title>
  <link rel="stylesheet" href="/static/est.css">
</head>
<body>
  <main id="main">
    <div class="inner">
      <div class="headline">
        <p class="eyebrow">{eyebrow}</p>
        <h1>{title}</h1>
        <p class="lead">{detail}</p>
      </div>
      <p><a href="/">{home}</a></p>
      <p>{emergency}</p>
    </div>
  </main>
</body>
</html>
"""
ASKS_AGAIN: Final = '<meta http-equiv="refresh" content="5">\n  '


def asks_for_a_page(headers: Headers) -> bool:
    """A browser that somebody looks at says so; a program does not."""
    return any(name == b"accept" and b"text/html" in value for name, value in headers)


def page_of(problem: Problem, *, was_sent: bool, language: Language) -> bytes:
    """What a person sees. It asks again by itself, but never for what was sent."""
    asks_again = problem.status == AWAY.status and not was_sent
    detail = language.say(problem.detail, problem.detail_en)
    if asks_again:
        detail = language.say("Sidan försöker igen av sig själv.", "The page tries again by itself.")
    return PAGE.format(
        language=language,
        again=ASKS_AGAIN if asks_again else "",
        eyebrow=language.say("Det gick inte", "That did not work"),
        title=escape(language.say(problem.title, problem.title_en)),
        detail=escape(detail),
        home=language.say("Till startsidan", "To the start page"),
        emergency=language.say(
            "Pågående brott eller fara: ring <strong>112</strong>. Annars polisen <strong>114 14</strong>.",
            "A crime or danger right now: call <strong>112</strong>. Otherwise the police on"
            " <strong>114 14</strong>.",
        ),
    ).encode()


def body_of(problem: Problem) -> bytes:
    content: dict[str, Any] = {
        "type": "about:blank",
        "title": problem.title,
        "status": problem.status,
        "detail": problem.detail,
        "title_en": problem.title_en,
        "detail_en": problem.detail_en,
    }
    return json.dumps(content, ensure_ascii=False).encode()


def headers_of(problem: Problem, *, content_type: bytes = b"application/problem+json") -> Headers:
    headers = [(b"content-type", content_type), (b"cache-control", b"no-store")]
    if problem.retry_after_seconds is not None:
        headers.append((b"retry-after", str(problem.retry_after_seconds).encode()))
    return headers
