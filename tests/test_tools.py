"""The tools that everybody's work stands on."""

import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tools import compile_messages, find_python, lock, stages, test
from tools.stages import Runner, Stage

pytestmark = pytest.mark.once

ROOT = Path(__file__).resolve().parent.parent
BROWSER = re.compile(r"^(?:@|pytestmark = .*)pytest\.mark\.browser", re.MULTILINE)
HEAD = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=utf-8\\n"\n\n'


def test_the_lock_names_versions_and_hashes_and_no_host():
    assert not lock.names_a_host(ROOT / "requirements.lock")
    words = (ROOT / "requirements.lock").read_text()
    assert words.count("--hash=sha256:") >= len(re.findall(r"^[a-z].*==", words, re.MULTILINE)) > 30


@pytest.mark.parametrize("line", ["a @ file:///x", "# from https://example.org/simple", "--index-url x"])
def test_a_lock_with_a_host_is_seen(tmp_path, line):
    path = tmp_path / "requirements.lock"
    path.write_text(f"{line}\n")
    assert lock.names_a_host(path)


def test_the_python_that_is_found_runs_and_is_new_enough():
    found = find_python.find()
    assert found and os.path.isabs(found)
    check = "import sys; print(sys.version_info >= (3, 12))"
    assert subprocess.check_output([found, "-c", check], text=True).strip() == "True"


def test_a_python_that_does_not_answer_is_passed_over(tmp_path, monkeypatch):
    broken = tmp_path / "python3"
    broken.write_text("#!/bin/sh\nexit 127\n")
    broken.chmod(0o755)
    monkeypatch.setenv("GATEPOST_PYTHON", str(broken))
    assert find_python.find() != str(broken)


def catalogue(folder, words):
    path = folder / "ur" / "LC_MESSAGES" / "django.po"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEAD + words, encoding="utf-8")
    return path


def test_a_good_catalogue_is_compiled_once(tmp_path):
    source = catalogue(tmp_path, 'msgid "%(name)s is booked"\nmsgstr "%(name)s بک ہے"\n')
    assert compile_messages.compile_all(tmp_path) == []
    target = source.with_suffix(".mo")
    first = target.stat().st_mtime_ns
    assert compile_messages.compile_all(tmp_path) == []
    assert target.stat().st_mtime_ns == first


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        ('msgid "%(name)s is booked"\nmsgstr "بک ہے"\n', "lacks %(name)s"),
        ('msgid "Booked"\nmsgstr "{name}"\n', "has {name}, which the English has not"),
        (
            'msgid "one"\nmsgid_plural "%(n)s times"\nmsgstr[0] "ایک"\nmsgstr[1] "%(n)d"\n',
            "has %(n)d, which the English has not",
        ),
    ],
)
def test_a_translation_that_would_break_a_page_is_refused(tmp_path, words, fault):
    source = catalogue(tmp_path, words)
    assert fault in compile_messages.compile_all(tmp_path)[0]
    assert not source.with_suffix(".mo").exists()


def test_what_is_not_translated_yet_and_a_singular_without_a_number_are_fine(tmp_path):
    words = (
        'msgid "Hello"\nmsgstr ""\n\nmsgid "one"\nmsgid_plural "%(n)s times"\nmsgstr[0] "ایک"\nmsgstr[1] "%(n)s بار"\n'
    )
    catalogue(tmp_path, words)
    assert compile_messages.compile_all(tmp_path) == []


def test_a_stage_counts_its_tests(tmp_path, capsys):
    say = "print('dots'); print('= 3 passed, 1 failed, 2 skipped, 1 error in 2.50s =')"
    stage = Stage("tests", [sys.executable, "-c", f"{say}; raise SystemExit(1)"])
    Runner(tmp_path).run(stage)
    assert (stage.state, stage.counts()) == ("FAILED", {"passed": 3, "failed": 2, "skipped": 2})
    assert "dots" in capsys.readouterr().out


def test_a_stage_that_breaks_without_a_test_is_one_failure(tmp_path):
    stage = Stage("lint", ["false"])
    Runner(tmp_path).run(stage)
    assert stage.counts() == {"passed": 0, "failed": 1, "skipped": 0}
    assert Stage("not begun", ["true"]).state == "NOT RUN"


def test_a_stage_takes_what_it_started_with_it(tmp_path):
    child = tmp_path / "child"
    stage = Stage("leaves a server behind", ["sh", "-c", f"sleep 60 >/dev/null 2>&1 & echo $! > {child}"])
    Runner(tmp_path).run(stage)
    pid = int(child.read_text())
    deadline = time.monotonic() + 5
    while time.monotonic() < deadline and Path(f"/proc/{pid}").exists():
        if ") Z " in Path(f"/proc/{pid}/stat").read_text():
            break
        time.sleep(0.05)
    else:
        assert not Path(f"/proc/{pid}").exists()


def test_what_a_stage_leaves_behind_cannot_hold_its_end_up(tmp_path):
    began = time.monotonic()
    stage = Stage("leaves a server behind that could speak", ["sh", "-c", "sleep 60 & echo done"])
    Runner(tmp_path).run(stage)
    assert time.monotonic() - began < 30
    assert (stage.state, stage.output) == ("ok", "done\n")


def test_a_stage_that_hangs_is_stopped_and_shown(tmp_path, monkeypatch, capsys):
    monkeypatch.setattr(stages, "LIMIT", 1.0)
    monkeypatch.setattr(stages, "GRACE", 0.2)
    stage = Stage("hangs", ["sh", "-c", "trap '' INT; echo began; while true; do sleep 0.1; done"])
    Runner(tmp_path).run(stage)
    assert stage.state == "FAILED"
    said = capsys.readouterr().out
    assert "began" in said and "had not ended after" in said


@pytest.mark.parametrize(("says", "times"), [("Timeout (0:06:40)!", 2), ("1 failed in 3.10s", 1)])
def test_only_a_browser_that_hangs_is_begun_again(tmp_path, capsys, says, times):
    seen = tmp_path / "seen"
    stage = Stage("pages", ["sh", "-c", f"echo x >> {seen}; echo 'test_that {says}'; exit $((2 - $(wc -l < {seen})))"])
    stage.can_hang = True
    Runner(tmp_path).run(stage)
    assert len(seen.read_text().split()) == times
    said = capsys.readouterr().out
    assert said.count(says) == 1
    assert stage.state == ("ok" if times == 2 else "FAILED")


def test_every_test_in_the_browser_has_a_stage_that_runs_it() -> None:
    folders = [ROOT / where for where in (*test.PAGES, *test.JOURNEYS) if not where.startswith("--")]
    files = (file for top in ("src", "tests") for file in (ROOT / top).rglob("test_*.py"))
    found = [file for file in files if BROWSER.search(file.read_text())]
    assert len(found) > 10
    assert [file for file in found if not any(file.is_relative_to(each) for each in folders)] == []
