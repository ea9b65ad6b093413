"""What a broadcast costs: the same mails to a server on this machine, by Gatepost's ledger, a bare outbox and a peer.

Each contender runs in a process of its own and reports the processor time that it used between the first row it wrote
and the last mail it marked as sent. The server they talk to is a third process, and counted nowhere.

    .venv/bin/python bench/broadcast.py --recipients 10000

`django-post-office` takes part where it is installed; it is not one of our dependencies.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import importlib.util
import json
import multiprocessing
import os
import resource
import subprocess
import sys
import time
from multiprocessing.connection import Connection
from pathlib import Path
from statistics import median
from typing import Any

HERE = Path(__file__).resolve().parent
PARTS = ("bare", "ledger", "post-office")
ROUNDS = 3


def main() -> None:
    """Let every contender send so many mails, round after round, and print what each of them cost."""
    asked = _arguments()
    if asked.part:
        print(json.dumps(_run(asked.part, asked.recipients, asked.port)))
        return
    parts = [part for part in PARTS if part != "post-office" or importlib.util.find_spec("post_office")]
    if len(parts) < len(PARTS):
        print("django-post-office is not installed here, and does not take part.")
    told, tell = multiprocessing.Pipe(duplex=False)
    server = multiprocessing.Process(target=_serve, args=(tell,), daemon=True)
    server.start()
    port: int = told.recv()
    figures: dict[str, list[dict[str, float]]] = {part: [] for part in parts}
    for number in range(ROUNDS):
        for part in parts:
            figures[part].append(_in_own_process(part, asked.recipients, port))
            print(f"round {number + 1}, {part}: {figures[part][-1]}")
    server.terminate()
    _print_table(figures)


def _arguments() -> argparse.Namespace:
    reader = argparse.ArgumentParser(description=__doc__)
    reader.add_argument("--recipients", type=int, default=10_000)
    reader.add_argument("--part", choices=PARTS, help=argparse.SUPPRESS)
    reader.add_argument("--port", type=int, default=0, help=argparse.SUPPRESS)
    return reader.parse_args()


def _print_table(figures: dict[str, list[dict[str, float]]]) -> None:
    own = median(each["cpu_ms"] for each in figures["ledger"])
    print("\n| | CPU-ms a message | of the ledger's | messages/s | memory grew by |\n|---|---|---|---|---|")
    for part, rounds in figures.items():
        cpu, rate = (median(each[name] for each in rounds) for name in ("cpu_ms", "per_second"))
        grew = max(each["grew_mb"] for each in rounds)
        print(f"| {part} | {cpu:.3f} | {cpu / own:.2f} | {rate:,.0f} | {grew:.0f} MB |")


def _in_own_process(part: str, recipients: int, port: int) -> dict[str, float]:
    command = [sys.executable, __file__, "--part", part, "--recipients", str(recipients), "--port", str(port)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        sys.exit(done.stderr)
    found: dict[str, float] = json.loads(done.stdout.splitlines()[-1])
    if found["sent"] != recipients:
        sys.exit(f"{part} sent {found['sent']} of {recipients}.")
    return found


def _run(part: str, recipients: int, port: int) -> dict[str, float]:
    sys.path[:0] = [str(HERE), str(HERE.parent)]
    from contenders import bare, ledger, post_office  # each brings its own settings, and only one is asked

    stage = {"bare": bare, "ledger": ledger, "post-office": post_office}[part]
    with stage(recipients, port) as send:
        gc.collect()
        gc.freeze()  # what was loaded before is no part of what is measured
        memory, began, used = _memory(), time.perf_counter(), time.process_time()
        sent = send()
        used, took = time.process_time() - used, time.perf_counter() - began
        return {
            "sent": sent,
            "cpu_ms": round(1000 * used / recipients, 4),
            "per_second": round(recipients / took),
            "grew_mb": round((_memory() - memory) / 1024, 1),
        }


def _memory() -> int:
    """The most that this process has held so far, in KiB."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss


class _Server(asyncio.Protocol):
    """Says yes to everything, as fast as it can."""

    def connection_made(self, transport: Any) -> None:
        self.to, self.held, self.reads_text, self.answers = transport, b"", False, list[bytes]()
        self.to.write(b"220 here\r\n")

    def data_received(self, data: bytes) -> None:
        self.held += data
        found = b"?"
        while found:
            end = b"\r\n.\r\n" if self.reads_text else b"\r\n"
            said, found, rest = self.held.partition(end)
            if found:
                self.held = rest
                self._answer(said)
        self.to.write(b"".join(self.answers))  # together, as RFC 2920 asks of a server
        self.answers.clear()

    def _answer(self, said: bytes) -> None:
        word = said[:4].upper()
        if self.reads_text:
            self.reads_text = False
            self.answers.append(b"250 taken\r\n")
        elif word == b"EHLO":
            self.answers.append(b"250-here\r\n250 PIPELINING\r\n")  # as every usual mail server says
        elif word == b"DATA":
            self.reads_text = True
            self.answers.append(b"354 go on\r\n")
        elif word == b"QUIT":
            self.to.write(b"".join([*self.answers, b"221 bye\r\n"]))
            self.answers.clear()
            self.to.close()
        else:
            self.answers.append(b"250 fine\r\n")


def _serve(tell: Connection) -> None:
    async def forever() -> None:
        server = await asyncio.get_running_loop().create_server(_Server, "127.0.0.1", 0)
        tell.send(server.sockets[0].getsockname()[1])
        await server.serve_forever()

    os.setsid()
    asyncio.run(forever())


if __name__ == "__main__":
    main()
