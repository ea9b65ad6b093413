"""Debian's Kannel with its fake mobile network, for one test session: our texts go out there, and others come in."""

from __future__ import annotations

import shutil
import socket
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path

BEARERBOX, SMSBOX = (shutil.which(name, path="/usr/sbin:/usr/bin") for name in ("bearerbox", "smsbox"))
NETWORK = "/usr/lib/kannel/test/fakesmsc"
CONFIG = """
group = core
admin-port = {admin}
admin-password = not-used
smsbox-port = {box}
box-allow-ip = "127.0.0.1"
store-type = file
store-location = "{folder}/store"

group = smsc
smsc = fake
smsc-id = fake
port = {network}
connect-allow-ip = "127.0.0.1"

group = smsbox
bearerbox-host = 127.0.0.1
sendsms-port = {send}
global-sender = "447700900999"

group = sendsms-user
username = gatepost
password = word
concatenation = true
max-messages = 10

group = sms-service
keyword = default
catch-all = true
max-messages = 0
concatenation = true
get-url = "{come}?from=%p&text=%a&id=%I"
"""


@dataclass
class Kannel:
    """A gateway that runs, and the mobile network behind it."""

    send_port: int
    network_port: int
    folder: Path
    network: subprocess.Popen[bytes] | None = None

    def telephone_says(self, text: str) -> None:
        """One telephone sends a text, as "from to text words"; from now on it listens."""
        self.hang_up()
        command = [NETWORK, "-H", "127.0.0.1", "-r", str(self.network_port), "-i", "0.1", "-m", "1", text]
        with (self.folder / "network.log").open("ab") as said:
            self.network = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=said, stderr=subprocess.STDOUT)

    def hang_up(self) -> None:
        """The network is gone."""
        if self.network:
            self.network.kill()
            self.network.wait()

    @property
    def url(self) -> str:
        """How Gatepost speaks to it: the value of GATEPOST_GATEWAY_URL."""
        return (
            f"http://127.0.0.1:{self.send_port}/cgi-bin/sendsms?username=gatepost&password=word&to={{to}}&text={{text}}"
            "&charset=UTF-8&coding={coding}&dlr-mask=31&dlr-url={receipt}"
        )

    def seen(self) -> list[str]:
        """What the telephones on the network got, one line for each part."""
        said = (self.folder / "network.log").read_text(errors="replace")
        return [line.partition("Got message ")[2] for line in said.splitlines() if "Got message " in line]


@contextmanager
def kannel(folder: Path, *, come: str, text: str) -> Iterator[Kannel]:
    """Start it. `come`: where it brings what came; `text`: what a telephone sends, as "from to text words"."""
    admin, box, network, send = _free_ports(4)
    config = folder / "kannel.conf"
    config.write_text(CONFIG.format(admin=admin, box=box, network=network, send=send, folder=folder, come=come))
    with ExitStack() as held:
        held.enter_context(_running([str(BEARERBOX), str(config)], folder / "bearerbox.log"))
        wait_for(lambda: _listens(box) and _listens(admin), "bearerbox")
        held.enter_context(_running([str(SMSBOX), str(config)], folder / "smsbox.log"))
        wait_for(lambda: _listens(send), "smsbox")
        made = Kannel(send, network, folder)
        held.callback(made.hang_up)
        made.telephone_says(text)
        yield made


def wait_for(there: Callable[[], object], what: str, seconds: float = 10) -> None:
    """Wait until something is there."""
    until = time.monotonic() + seconds
    while not there():
        if time.monotonic() > until:
            raise AssertionError(f"{what} did not come in {seconds:.0f} seconds")
        time.sleep(0.05)


@contextmanager
def _running(command: list[str], said: Path) -> Iterator[None]:
    with said.open("wb") as words:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=words, stderr=subprocess.STDOUT)
    try:
        yield
    finally:
        process.kill()
        process.wait()


def _free_ports(number: int) -> list[int]:
    with ExitStack() as held:
        sockets = [held.enter_context(socket.create_server(("127.0.0.1", 0))) for _ in range(number)]
        return [each.getsockname()[1] for each in sockets]


def _listens(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0
