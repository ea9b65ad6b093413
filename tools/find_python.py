"""Prints the path of a Python that Gatepost can run on. Runs under any Python from 3.8.

Every candidate is executed: behind a version manager a name on PATH may stand for nothing.
"""

from __future__ import annotations

import glob
import os
import shutil
import subprocess
import sys
from collections.abc import Iterator

LOWEST, TOO_NEW = (3, 12), (3, 15)
NAMES = ["python3.13", "python3.12", "python3.14", "python3", "python"]
CHECK = f"import sys; print(sys.executable) if {LOWEST} <= sys.version_info[:2] < {TOO_NEW} else sys.exit(1)"


def candidates() -> Iterator[str | None]:
    """Where a Python may be, the best first."""
    yield os.environ.get("GATEPOST_PYTHON")
    yield sys.executable
    yield from map(shutil.which, NAMES)
    home = os.path.expanduser("~")
    for folder in (
        os.path.join(os.environ.get("PYENV_ROOT", os.path.join(home, ".pyenv")), "versions", "*"),
        os.path.join(home, ".local/share/uv/python", "*"),
        "/opt/*",
        "/opt/python/*",
        "/usr/local",
        "/opt/homebrew",
    ):
        for name in NAMES[:4]:
            yield from sorted(glob.glob(os.path.join(folder, "bin", name)), reverse=True)


def find() -> str | None:
    """The absolute path of the first Python that answers and is of the right age, or None."""
    tried: set[str] = set()
    for path in candidates():
        if not path or path in tried:
            continue
        tried.add(path)
        try:
            answer = subprocess.run(
                [path, "-c", CHECK],
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                timeout=20,
                check=False,
            )
        except (OSError, subprocess.TimeoutExpired):
            continue
        if answer.returncode == 0:
            return answer.stdout.decode().strip()
    return None


if __name__ == "__main__":
    found = find()
    print(found or "", end="\n" if found else "")
    sys.exit(0 if found else 1)
