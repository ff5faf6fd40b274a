"""Files that never change under the same address."""

from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope


class LastingFiles(StaticFiles):
    """With its mark (`?v=`) a file may be kept for a year; without, it is asked for again."""

    async def get_response(self, path: str, scope: Scope) -> Response:
        response = await super().get_response(path, scope)
        is_marked = scope["query_string"].startswith(b"v=") and response.status_code in {200, 304}
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if is_marked else "no-cache"
        return response
