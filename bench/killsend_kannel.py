"""`gatepost selftest killsend`, with its texts through a real gateway: Debian's Kannel and its fake mobile network.

    python -m bench.killsend_kannel --kills 1000

Everything that is said goes on to the self test. Needs the packages `kannel` and `kannel-extras` of Debian.
"""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

from gatepost.reach.tests.otherside import other_side
from tests.gateway.kannel import kannel


def main() -> int:
    """Start the gateway, let the self test run, and end as it ends."""
    with TemporaryDirectory(prefix="gatepost-kannel-") as named, other_side(200, "") as school:
        folder = Path(named)
        with kannel(folder, come=f"{school.url}/text", text="+447700900123 447700900999 text Hello") as gateway:
            address = (
                f"http://127.0.0.1:{gateway.send_port}/cgi-bin/sendsms?username=gatepost&password=word"
                "&from={id}&to={to}&text={text}&charset=UTF-8&coding={coding}"
            )
            ends = ["--gateway", address, "--network", str(folder / "network.log")]
            command = [sys.executable, "-m", "gatepost", "selftest", "killsend", *ends, *sys.argv[1:]]
            return subprocess.run(command, check=False).returncode


if __name__ == "__main__":
    sys.exit(main())
