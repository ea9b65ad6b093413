"""Makes everything ready in this folder, and does nothing where it is. Runs under any Python from 3.8.

`.tools` holds the installer, `.venv` Gatepost with all that its tests need. Starting the demo therefore
never takes away what the tests use.
"""

from __future__ import annotations

import contextlib
import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from tools.find_python import find

ROOT = Path(__file__).resolve().parent.parent
TOOLS, VENV = ROOT / ".tools", ROOT / ".venv"
STAMP = VENV / "gatepost-ready"
UV = "uv>=0.9,<1"
SOURCES = ["requirements.lock", "pyproject.toml", "tools/setup.py"]
HELP = """\
Gatepost needs Python 3.12, 3.13 or 3.14, and none was found here.
  Debian, Ubuntu   apt install python3.13 python3.13-venv   (or python3.12)
  macOS            brew install python@3.13
  anywhere         name yours: GATEPOST_PYTHON=/path/to/python3 make demo"""


def main() -> None:
    """Make ready what is not, one at a time."""
    os.chdir(str(ROOT))
    with _alone():
        if not _is_ready():
            began = time.monotonic()
            _make_environment()
            print(f"Ready after {time.monotonic() - began:.0f} s.", flush=True)
        _run([str(VENV / "bin/python"), "-m", "tools.compile_messages"])


def _is_ready() -> bool:
    """Whether the environment was made here, from what we have now, and still runs."""
    if not STAMP.exists() or STAMP.read_text() != _fingerprint():
        return False
    answer = subprocess.run([str(VENV / "bin/python"), "-c", ""], stderr=subprocess.DEVNULL, check=False)
    return answer.returncode == 0


def _fingerprint() -> str:
    """What the environment depends on, and where it stands: it cannot be moved."""
    digest = hashlib.sha256(str(ROOT).encode())
    for name in SOURCES:
        digest.update((ROOT / name).read_bytes())
    return digest.hexdigest()


def _make_environment() -> None:
    """The environment, from the lock, then Gatepost itself on top of it."""
    print("Making Gatepost ready in this folder. The first time takes some twenty seconds.", flush=True)
    # The certificates of this machine: schools often have a filter that signs with its own.
    environment = {"UV_SYSTEM_CERTS": "1", "UV_NO_PROGRESS": "1", **os.environ}
    python = find()
    if python:
        environment["UV_PYTHON_DOWNLOADS"] = "never"
    else:
        print(f"{HELP}\nTrying to fetch one ...", flush=True)
    uv = _installer(python)
    if STAMP.exists():
        STAMP.unlink()
    target = str(VENV / "bin/python")
    try:
        if not _fits(target):
            _run([uv, "venv", "--quiet", "--clear", "--python", python or "3.13", str(VENV)], environment)
        pip = [uv, "pip"]
        into = ["--quiet", "--python", target]
        _run([*pip, "sync", *into, "--require-hashes", "requirements.lock"], environment, tries=2)
        _run([*pip, "install", *into, "--no-build-isolation", "--no-deps", "--editable", "."], environment)
    except subprocess.CalledProcessError as failure:
        failed = " ".join(failure.cmd[:3])
        sys.exit("\n".join(filter(None, ["" if python else HELP, f"Setting up stopped at: {failed}"])))
    STAMP.write_text(_fingerprint())


def _fits(python: str) -> bool:
    """Whether the environment that is there can be kept: it runs, and its Python is not too old."""
    check = "import sys; sys.exit(not (3, 12) <= sys.version_info[:2] < (3, 15))"
    try:
        return subprocess.run([python, "-c", check], stderr=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def _installer(python: str | None) -> str:
    """The path of uv, installed into .tools unless it is there already."""
    uv = TOOLS / "bin" / "uv"
    if _answers(str(uv)):
        return str(uv)
    shutil.rmtree(str(TOOLS / "bin"), ignore_errors=True)
    quiet = ["--quiet", "--disable-pip-version-check"]
    for base in dict.fromkeys([python or sys.executable, sys.executable]):
        own = str(TOOLS / "bin" / "python")
        for commands in (
            [[base, "-m", "venv", str(TOOLS)], [own, "-m", "pip", "install", *quiet, UV]],
            [[base, "-m", "pip", "install", *quiet, "--upgrade", "--target", str(TOOLS), UV]],  # no venv module here
        ):
            done = (subprocess.run(line, stderr=subprocess.DEVNULL, check=False).returncode for line in commands)
            if not any(done) and _answers(str(uv)):
                return str(uv)
    known = shutil.which("uv")
    if known and _answers(known):
        return known
    return sys.exit(
        "The installer (uv) could not be fetched. Is there a network? Debian and Ubuntu also need: "
        "apt install python3-venv"
    )


def _answers(program: str) -> bool:
    """Whether this program is there and runs."""
    try:
        return subprocess.run([program, "--version"], stdout=subprocess.DEVNULL, check=False).returncode == 0
    except OSError:
        return False


def _run(command: list[str], environment: dict[str, str] | None = None, tries: int = 1) -> None:
    """Run a command to its end; a network that fails once is asked again."""
    for left in reversed(range(tries)):
        done = subprocess.run(command, env=environment, stdin=subprocess.DEVNULL, check=False)
        if done.returncode == 0:
            return
        if left:
            time.sleep(2)
    raise subprocess.CalledProcessError(done.returncode, command)


@contextlib.contextmanager
def _alone() -> Iterator[None]:
    """One set-up in this folder at a time; a second one waits and then finds it done."""
    try:
        import fcntl
    except ImportError:
        yield
        return
    TOOLS.mkdir(exist_ok=True)
    with (TOOLS / "lock").open("w") as gate:
        fcntl.flock(gate, fcntl.LOCK_EX)
        yield


if __name__ == "__main__":
    try:
        main()
    except subprocess.CalledProcessError as failure:
        sys.exit(failure.returncode)
    except KeyboardInterrupt:
        sys.exit(130)
