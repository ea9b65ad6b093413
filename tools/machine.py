"""What the tests need from the machine besides Python, and getting it through apt where that may be done."""

import glob
import os
import shutil
import subprocess
import time
from collections.abc import Callable
from ctypes.util import find_library
from dataclasses import dataclass
from pathlib import Path

CLUSTER_RULES = Path("/etc/postgresql-common/createcluster.conf")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
TRIES = 3
PATIENCE = 600.0  # seconds that a packager may take


def postgres_programs() -> Path | None:
    """The folder of the newest PostgreSQL server on this machine."""
    folders = [Path(path).parent for path in glob.glob("/usr/lib/postgresql/*/bin/initdb")]
    folders.sort(key=lambda folder: int(folder.parent.name), reverse=True)
    on_path = shutil.which("initdb")
    return next(iter([*folders, *([Path(on_path).parent] if on_path else [])]), None)


def chromium() -> str | None:
    """The path of a Chromium on this machine."""
    return next(filter(None, map(shutil.which, CHROMIUM_NAMES)), None)


def noto_fonts() -> bool:
    """Whether the letters of every language that we write can be drawn."""
    for folder in ("/usr/share/fonts", "/usr/local/share/fonts", "/Library/Fonts"):
        if glob.glob(f"{folder}/**/NotoNaskhArabic*", recursive=True):
            return True
    return False


def pango() -> object:
    """Whether the libraries are there with which letters are made into a PDF."""
    return find_library("pango-1.0") and find_library("pangoft2-1.0") and find_library("harfbuzz-subset")


def kannel() -> str | None:
    """The path of the text gateway that the tests send through, if its fake mobile network is there too."""
    network = "/usr/lib/kannel/test/fakesmsc"
    return shutil.which("bearerbox", path="/usr/sbin:/usr/bin") if os.path.exists(network) else None


def apertium() -> str | None:
    """The path of the translation server of the tests, if its one pair of languages is there too."""
    pair = "/usr/share/apertium/modes/eng-spa.mode"
    return shutil.which("apertium-apy", path="/usr/bin:/usr/local/bin") if os.path.exists(pair) else None


@dataclass(frozen=True)
class Need:
    """Something that a stage needs, the package that brings it, and how to see whether it is there."""

    name: str
    package: str
    find: Callable[[], object]


POSTGRES = Need("PostgreSQL", "postgresql", postgres_programs)
CHROMIUM = Need("Chromium", "chromium", chromium)
FONTS = Need("the Noto fonts", "fonts-noto-core", noto_fonts)
PANGO = Need("Pango", "libpangoft2-1.0-0", pango)
HARFBUZZ = Need("HarfBuzz", "libharfbuzz-subset0", pango)
APY = Need("Apertium's server", "apertium-apy", apertium)
ENG_SPA = Need("Apertium's English and Spanish", "apertium-eng-spa", apertium)
KANNEL = Need("Kannel", "kannel-extras", kannel)  # kannel itself comes with it


def node() -> str | None:
    """The path of a Node that can run what the tests need of it, npm beside it."""
    return shutil.which("node") if shutil.which("npm") else None


def obtain_from_npm(stage: str, package: str) -> str:
    """Install what the tests in this folder run against, exactly as locked; say why where that fails."""
    folder = Path(__file__).resolve().parent.parent / "tests" / stage
    if not node():
        return "it needs Node and npm, and this machine has not both"
    if (folder / "node_modules" / package / "package.json").exists():
        return ""
    failed, words = _ask(["npm", "ci", "--no-audit", "--no-fund"], folder=folder)
    return f"npm could not install {package}: {' '.join(words.splitlines()[-3:])[:300]}" if failed else ""


def obtain(needs: list[Need]) -> str:
    """Install what is missing, where this account may; return what the packager said when it would not."""
    missing = [need.package for need in needs if not need.find()]
    if not missing or not may_install():
        return ""
    said = _apt("update")
    if not said and POSTGRES.package in missing:
        said = _apt("install", "postgresql-common") or _no_automatic_cluster()
    return said or _apt("install", *missing)


def may_install() -> bool:
    """Whether packages can be installed from here: Debian or its kin, and root."""
    return bool(shutil.which("apt-get")) and os.geteuid() == 0


def why_not(need: Need) -> str:
    """Why a need could not be met, and what a person can do about it."""
    if not shutil.which("apt-get"):
        return f"{need.name} was not found; install it the way this system does"
    if os.geteuid() != 0:
        return f"{need.name} was not found, and this account may not install it: apt-get install {need.package}"
    return f"{need.name} was not found, and installing it failed"


def _apt(action: str, *packages: str) -> str:
    """Run apt-get without asking anybody anything; a network that fails is asked again."""
    command = [
        "apt-get",
        "-qq",
        "-o",
        "DPkg::Lock::Timeout=300",
        "-o",
        "Dpkg::Options::=--force-confold",
        action,
    ]
    if action == "install":
        command += ["--yes", "--no-install-recommends", *packages]
    said = ""
    for left in reversed(range(TRIES)):
        failed, words = _ask(command, os.environ | {"DEBIAN_FRONTEND": "noninteractive"})
        if not failed:
            return ""
        said = words[-2000:] or f"apt-get {action} failed"
        if left:
            time.sleep(5)
    return said


def _ask(
    command: list[str], environment: dict[str, str] | None = None, *, folder: Path | None = None
) -> tuple[bool, str]:
    """Run a packager; say whether it failed, and its words. One that does not end has failed."""
    try:
        done = subprocess.run(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            errors="replace",
            check=False,
            timeout=PATIENCE,
        )
    except subprocess.TimeoutExpired:
        return True, f"{command[0]} had not ended after {PATIENCE:.0f} s"
    return done.returncode != 0, (done.stderr or done.stdout).strip()


def _no_automatic_cluster() -> str:
    """Keep Debian from making and starting a database of its own: ours lives in a folder that goes away."""
    try:
        lines = CLUSTER_RULES.read_text(encoding="utf-8").splitlines() if CLUSTER_RULES.exists() else []
        kept = [line for line in lines if "create_main_cluster" not in line]
        CLUSTER_RULES.write_text("\n".join([*kept, "create_main_cluster = false", ""]), encoding="utf-8")
    except OSError as problem:
        return f"{CLUSTER_RULES} could not be written: {problem.strerror}"
    return ""
