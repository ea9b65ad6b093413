"""The other side of an HTTP call: a server that keeps what it was asked, and answers as the test says."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class OtherSide(ThreadingHTTPServer):
    """Answers with one code and body; a code of 0 hangs up without a word."""

    daemon_threads = True
    code, body = 202, "0: Accepted for delivery"

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.asked: list[tuple[str, str, bytes, dict[str, str]]] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class _Handler(BaseHTTPRequestHandler):
    server: OtherSide

    def answer(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        self.server.asked.append((self.command, self.path, body, dict(self.headers)))
        if not self.server.code:
            self.close_connection = True
            return
        self.send_response(self.server.code)
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    do_GET = do_POST = answer

    def log_message(self, *args: object) -> None:
        """Nothing to say."""


@contextmanager
def other_side(code: int = 202, body: str = "0: Accepted for delivery") -> Iterator[OtherSide]:
    server = OtherSide()
    server.code, server.body = code, body
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
