"""Pages of the work as several have them open at once, for tests: each sends what its own form held."""

import html
import re
from collections.abc import Mapping

import httpx
from at_the_desk import HOUSING, MUNICIPALITY, POLICE, seat

from est_chassis.testing import HostedService

Sent = dict[str, list[str]]
Touched = Mapping[str, str | list[str]]


class OpenPage:
    """A page as somebody opened it: what they send is what stood in its form, and what they have touched."""

    def __init__(self, compiler: HostedService, by: str, *, at: str) -> None:
        self._http, self._by, self._at = compiler.http, by, at
        self.text = ""

    async def opened(self) -> "OpenPage":
        """Look at it as it is now."""
        answer = await self._http.get(self._at, headers=seat(self._by))
        assert answer.status_code == 200, answer.text
        self.text = answer.text
        return self

    def form(self, act: str, *, about: str = "") -> Sent:
        """Every field as a browser would send it, of the first such form that is about this."""
        opening = f'<form method="post" action="{self._address(act)}"'
        forms = re.findall(rf"{opening}.*?</form>", self.text, re.DOTALL)
        return _fields_of(next(form for form in forms if about in form))

    async def sends(self, act: str, touched: Touched | None = None, *, about: str = "") -> httpx.Response:
        """What is refused stands on the page that comes back: the next thing is sent from that one."""
        sent = {**self.form(act, about=about), **(touched or {})}
        answer = await self._http.post(self._address(act), data=sent, headers=seat(self._by))
        if answer.status_code != 303:
            self.text = answer.text
        return answer

    def _address(self, act: str) -> str:
        return f"{self._at}/{act}" if act else self._at


async def all_three_open(compiler: HostedService, at: str) -> tuple[OpenPage, OpenPage, OpenPage]:
    """The municipality, the police and the housing company, each with a page of their own."""
    one, two, three = [await OpenPage(compiler, by, at=at).opened() for by in (MUNICIPALITY, POLICE, HOUSING)]
    return one, two, three


def _fields_of(form: str) -> Sent:
    """The names and values of a form: hidden fields, ticked boxes, texts, and what is chosen in lists."""
    sent: Sent = {}
    for tag in re.findall(r"<input [^>]*>", form):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        is_sent = " checked" in tag or ("checkbox" not in tag and "radio" not in tag)
        if name and is_sent:
            sent.setdefault(name[1], []).append(html.unescape(value[1]) if value else "")
    for name, options in re.findall(r'<select[^>]* name="([^"]*)"[^>]*>(.*?)</select>', form, re.DOTALL):
        chosen = re.search(r'<option value="([^"]*)" selected>', options)
        sent[name] = [chosen[1] if chosen else ""]
    for name, words in re.findall(r'<textarea[^>]* name="([^"]*)"[^>]*>\n?(.*?)</textarea>', form, re.DOTALL):
        sent[name] = [html.unescape(words)]
    return sent
