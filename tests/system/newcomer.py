"""Somebody who has been given a link and nothing else: a browser without JavaScript, as HTTP has it."""

import html
import re
from typing import Any

import httpx

#: Where long words may be broken, and where not: nobody sees it.
UNSEEN = str.maketrans("", "", "\u00ad\u200b")


class Newcomer:
    """A person at a screen, with the cookies that the house has left there."""

    def __init__(self, front_url: str) -> None:
        headers = {"Accept": "text/html", "Origin": front_url}
        self.http = httpx.Client(base_url=front_url, headers=headers, timeout=30)

    def come_in_by(self, link: str) -> httpx.Response:
        """Open the link, tap the one button, and stand where that leads."""
        landing = self.http.get(link).raise_for_status().text
        (device,) = re.findall(r'name="device" value="([^"]+)"', landing)
        return self.go_on(self.http.post(link, data={"device": device}))

    def send(self, path: str, **fields: Any) -> httpx.Response:
        """Fill in the form of a page, and stand where that leads."""
        form = self.http.get(path).raise_for_status().text
        hidden = dict(re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', form))
        return self.go_on(self.http.post(path, data=hidden | fields))

    def invites(self, seat: str) -> str:
        """What a coordinator is shown once."""
        page = self.http.post(f"/seats/{seat}/invitations", data={"kind": "personal"})
        return page.raise_for_status().text

    def go_on(self, answer: httpx.Response) -> httpx.Response:
        assert answer.status_code == 303, answer.text
        return self.http.get(answer.headers["Location"]).raise_for_status()

    def reads(self, path: str) -> str:
        """What stands on a page."""
        return text_of(self.http.get(path).raise_for_status())


def text_of(page: httpx.Response) -> str:
    return html.unescape(re.sub(r"<[^>]+>", " ", page.text)).translate(UNSEEN)


def links_in(printed: str) -> list[str]:
    """The links that a command or a page has told."""
    return re.findall(r"https?://[^\s\"]+/invitation/[A-Za-z0-9_-]{43}", printed)
