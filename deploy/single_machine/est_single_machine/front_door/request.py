"""A request towards a service, and its head as bytes: nothing that stands in it can end it early."""

from dataclasses import dataclass
from typing import Final

Headers = list[tuple[bytes, bytes]]

END_OF_LINE: Final = b"\r\n"
# RFC 9110, section 5.5; beyond ASCII whatever the client wrote.
FIT_FOR_A_LINE: Final = bytes([*range(0x20, 0x7F), *range(0x80, 0x100)]) + b"\t"
FIT_FOR_A_TARGET: Final = FIT_FOR_A_LINE.translate(None, b" \t")


class RequestIsUnfit(Exception):
    """It holds what a service would read as the end of a line, or its body is not as long as it says."""


@dataclass(frozen=True)
class Request:
    """What is asked of a service; ``has_body`` says whether anything follows the head."""

    method: str
    target: bytes
    headers: Headers
    has_body: bool

    @property
    def announced_bytes(self) -> int | None:
        """How long the body is said to be; None when nobody knows yet, and it is sent in chunks."""
        return next((int(value) for name, value in self.headers if name == b"content-length"), None)

    @property
    def is_chunked(self) -> bool:
        return self.has_body and self.announced_bytes is None

    def head(self) -> bytes:
        """The bytes before the body; refused where they would be more than one head."""
        lines = [b"%b %b HTTP/1.1\r\n" % (self.method.encode(), self.target)]
        lines += [b"%b: %b\r\n" % header for header in self.headers]
        if self.is_chunked:
            lines.append(b"transfer-encoding: chunked\r\n")
        lines.append(END_OF_LINE)
        head = b"".join(lines)
        # Without all that may stand in a line, what is left are the ends of our own lines.
        breaks = head.translate(None, FIT_FOR_A_LINE)
        if breaks != END_OF_LINE * len(lines) or self.target.translate(None, FIT_FOR_A_TARGET):
            raise RequestIsUnfit
        return head
