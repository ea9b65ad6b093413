"""The other side of an HTTP call: a server that keeps what it was asked, and answers as the test says."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from tempfile import TemporaryDirectory

from cryptography import x509
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat
from cryptography.x509.oid import NameOID

from gatepost.core import clock


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
        if self.server.code == 302:
            self.send_header("Location", "/elsewhere")
        self.end_headers()
        self.wfile.write(self.server.body.encode())

    do_GET = do_POST = answer

    def log_message(self, *args: object) -> None:
        """Nothing to say."""


@contextmanager
def stranger() -> Iterator[str]:
    """Somebody who says over TLS that they are the other side, and whom nobody has vouched for."""
    server = OtherSide()
    with TemporaryDirectory() as folder:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(_own_word(Path(folder)))
    server.socket = context.wrap_socket(server.socket, server_side=True)
    with _running(server):
        yield server.url.replace("http:", "https:")
    assert not server.asked


def _own_word(folder: Path) -> Path:
    """A certificate that nobody else has signed, and its key."""
    key, now = ec.generate_private_key(ec.SECP256R1()), clock.now()
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    made = x509.CertificateBuilder().subject_name(name).issuer_name(name).public_key(key.public_key()).serial_number(1)
    made = made.not_valid_before(now - timedelta(days=1)).not_valid_after(now + timedelta(days=1))
    own = Encoding.PEM, PrivateFormat.PKCS8, NoEncryption()
    path = folder / "word.pem"
    path.write_bytes(made.sign(key, SHA256()).public_bytes(Encoding.PEM) + key.private_bytes(*own))
    return path


@contextmanager
def other_side(code: int = 202, body: str = "0: Accepted for delivery") -> Iterator[OtherSide]:
    server = OtherSide()
    server.code, server.body = code, body
    with _running(server):
        yield server


@contextmanager
def _running(server: OtherSide) -> Iterator[None]:
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield
    finally:
        server.shutdown()
        server.server_close()
