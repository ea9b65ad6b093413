"""Work that a crash interrupts is done after all, and one bad tick stops nothing."""

import os
from datetime import timedelta

import pytest
from django.core.management import call_command
from django.tasks import TaskResultStatus
from django_tasks_db.models import DBTaskResult, get_date_max

from gatepost.config.management.commands import worker
from gatepost.core import clock

NOBODY = 2**22 + 1  # above the highest process number there can be


def task_of(*worker_ids, minutes=0, **fields):
    """A task that these workers took up, the last of them so many minutes ago."""
    fields = {"status": TaskResultStatus.RUNNING, "started_at": clock.now() - timedelta(minutes=minutes)} | fields
    return DBTaskResult.objects.create(
        task_path="gatepost.nowhere.task",
        args_kwargs={"args": [], "kwargs": {}},
        backend_name="default",
        run_after=get_date_max(),
        worker_ids=list(worker_ids),
        **fields,
    )


def here(pid):
    return f"{worker.worker_name().rpartition(':')[0]}:{pid}"


@pytest.mark.django_db
def test_what_a_dead_process_left_is_put_back():
    lost = task_of(here(NOBODY))
    same_number = task_of(here(os.getpid()))
    assert worker.requeue_lost() == 2
    for task in (lost, same_number):
        task.refresh_from_db()
        assert (task.status, task.started_at) == (TaskResultStatus.READY, None)


@pytest.mark.django_db
def test_what_a_living_process_works_on_is_left_alone():
    task_of(here(os.getppid()), minutes=600)
    assert worker.requeue_lost() == 0


@pytest.mark.django_db
@pytest.mark.parametrize(("minutes", "put_back"), [(10, 0), (70, 1)])
def test_another_host_gets_an_hour(minutes, put_back):
    task_of("elsewhere:7", minutes=minutes)
    assert worker.requeue_lost() == put_back


@pytest.mark.django_db
def test_a_task_that_takes_its_worker_down_is_not_tried_for_ever():
    task = task_of(*[here(NOBODY)] * worker.MOST_TRIES)
    assert worker.requeue_lost() == 0
    task.refresh_from_db()
    assert task.status == TaskResultStatus.FAILED


@pytest.mark.django_db
def test_finished_tasks_are_forgotten_after_a_while():
    old = clock.now() - worker.KEEP - timedelta(minutes=1)
    task_of(status=TaskResultStatus.SUCCESSFUL, finished_at=old)
    kept = task_of(status=TaskResultStatus.SUCCESSFUL, finished_at=clock.now())
    assert worker.forget_old() == 1
    assert DBTaskResult.objects.get() == kept


def test_a_tick_that_fails_is_logged_under_its_name_and_the_others_go_on(monkeypatch, caplog):
    done = []

    def bad():
        raise ValueError("no")

    def stop(seconds):
        if len(done) == 3:
            raise SystemExit

    monkeypatch.setattr(worker, "import_string", {"bad": bad, "good": lambda: done.append(1)}.get)
    monkeypatch.setattr(worker.time, "sleep", stop)
    monkeypatch.setattr(worker, "close_old_connections", lambda: None)
    with pytest.raises(SystemExit):
        worker.Ticker(["bad", "good"], ["good"], None).run()
    assert caplog.text.count("Failed: bad") == 2
    assert len(done) == 3, "two seconds, and tidied once"


def test_the_worker_says_what_to_do_when_there_are_no_tables(monkeypatch):
    def no_tables():
        raise worker.OperationalError("no such table")

    monkeypatch.setattr(worker, "requeue_lost", no_tables)
    with pytest.raises(worker.CommandError, match="gatepost migrate"):
        call_command("worker", "--once")
