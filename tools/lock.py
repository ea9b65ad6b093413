"""Takes the newest versions of what we depend on into requirements.lock: names, versions, hashes, no address.

`uv.lock` names the registry it was made with, so it stays git-ignored scratch.
"""

import os
import subprocess
import sys
from pathlib import Path

from tools.setup import ROOT, TOOLS, VENV

LOCK = ROOT / "requirements.lock"


def main() -> None:
    """Resolve anew, write the lock, and see that it names no host."""
    uv, python = str(TOOLS / "bin/uv"), str(VENV / "bin/python")
    environment = os.environ | {"UV_PYTHON": python}
    subprocess.run([uv, "lock", "--quiet", "--upgrade"], env=environment, cwd=ROOT, check=True)
    export = [uv, "export", "--quiet", "--locked", "--no-emit-project", "--all-extras", "--all-groups"]
    shape = ["--no-header", "--no-annotate", "--format", "requirements-txt", "--output-file", str(LOCK)]
    subprocess.run([*export, *shape], env=environment, cwd=ROOT, stdout=subprocess.DEVNULL, check=True)
    if names_a_host(LOCK):
        LOCK.unlink()
        sys.exit("The lock named a host and was removed. Look at the environment: UV_* and pip's settings.")
    print("requirements.lock is new. `make test` installs and tries it.")


def names_a_host(lock: Path) -> bool:
    """Whether a line of the lock holds an address or an index."""
    lines = lock.read_text(encoding="utf-8").splitlines()
    return any("://" in line or " @ " in line or line.startswith("-") for line in lines)


if __name__ == "__main__":
    main()
