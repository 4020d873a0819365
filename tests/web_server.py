"""A plain web server on 127.0.0.1: no ranges, no names in its log."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@contextmanager
def serving(pages: Mapping[str, bytes], *, cut_at: int | None = None) -> Iterator[str]:
    """Serves the pages by path, whatever follows a ``?``; anything else is forbidden.

    Args:
        pages: bodies by path, as requests name it.
        cut_at: bytes after which the connection breaks off, whatever length was announced.

    Yields:
        The server's address without a path.
    """

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            path = self.path.partition("?")[0]
            body = pages.get(path, b"no")
            self.send_response(200 if path in pages else 403)
            self.send_header("Content-Length", str(len(body)))
            self.send_header("ETag", '"v1"')
            self.send_header("Last-Modified", "Mon, 25 Mar 2024 10:00:00 GMT")
            self.end_headers()
            if self.command == "GET":
                self.wfile.write(body[:cut_at])
                self.close_connection = True

        def do_HEAD(self) -> None:
            self.do_GET()

        def log_message(self, format: str, *args: object) -> None:  # noqa: A002 - the name is the base class's
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """A client that hangs up is no error."""

    with Server(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()
