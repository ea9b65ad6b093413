"""Python runs this first in every process that a journey serves: what reaches beyond loopback is refused and noted."""

import os
import socket

_connect = socket.socket.connect
_LOOPBACK = {"127.0.0.1", "::1", "localhost", ""}


def _guarded(self: socket.socket, address: object) -> None:
    outside = isinstance(address, tuple) and address[0] not in _LOOPBACK
    if outside and self.family in (socket.AF_INET, socket.AF_INET6):
        with open(os.environ["CALLED_OUT"], "a", encoding="utf-8") as note:
            note.write(f"{address}\n")
        raise ConnectionRefusedError(str(address))
    _connect(self, address)  # type: ignore[arg-type]


socket.socket.connect = _guarded  # type: ignore[method-assign, assignment]
