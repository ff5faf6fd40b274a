"""Files that never change under the same address."""

import hashlib
import os
from functools import cache
from pathlib import Path

from starlette.responses import Response
from starlette.staticfiles import PathLike, StaticFiles
from starlette.types import Scope


class LastingFiles(StaticFiles):
    """With the mark of its content (`?v=`) a file may be kept for a year; without, it is asked for again."""

    def file_response(
        self, full_path: PathLike, stat_result: os.stat_result, scope: Scope, status_code: int = 200
    ) -> Response:
        response = super().file_response(full_path, stat_result, scope, status_code)
        is_marked = scope["query_string"] == f"v={mark_of(Path(full_path))}".encode()
        response.headers["cache-control"] = "public, max-age=31536000, immutable" if is_marked else "no-cache"
        return response


@cache
def mark_of(file: Path) -> str:
    """Another one as soon as the content is another."""
    return hashlib.sha256(file.read_bytes()).hexdigest()[:10]
