"""Verbs about who works here: a job given and ended, a strand handed over and taken back, a glass broken and looked at.

Ending a job ends everything that hung on it at once: each request asks anew who somebody is.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from gatepost.core import audit, clock
from gatepost.core.errors import Refused
from gatepost.language.catalogue import Entry, faults
from gatepost.language.table import find
from gatepost.org.actor import Actor
from gatepost.org.models import (
    Adviser,
    Bilingual,
    Briefing,
    BrokenGlass,
    DaysOff,
    Organisation,
    Person,
    Role,
    School,
    Staff,
    Strand,
    StrandLead,
    Wording,
)
from gatepost.org.queries import staff_now, today

LONGEST_OFF = timedelta(days=70)  # a summer, and a bit
GLASS_STAYS_OPEN = timedelta(minutes=60)
_GAP = {"gap": "%(name)s"}  # shown to the reader as it is written


@transaction.atomic
def appoint(
    email: str, *, name: str, role: Role, school: School, from_on: date | None = None, by: Actor | None
) -> tuple[Staff, bool]:
    """Give somebody a job at a school; says whether that is new. Done twice, it is done once.

    Holds afterwards: exactly one person signs in with this address; they have this job from that day (else today). An
    existing person keeps their name and their password, and is no independent adviser.
    """
    person = _person(email, name)
    if today(Adviser.objects.filter(person=person)).exists():
        raise Refused(_("Somebody who advises families independently cannot work at a school as well."))
    job = Staff.objects.filter(school=school, person=person, role=role).first()
    if job and not _is_over(job):
        return job, False
    job = job or Staff(school=school, person=person, role=role)
    job.from_on, job.until_on, job.ended_at = from_on or clock.today(), None, None
    job.save()
    audit.record("org.appointed", job, by=by, role=role.value)
    return job, True


def _person(email: str, name: str) -> Person:
    address = Person.objects.normalize_email(email).lower()
    return Person.objects.filter(email=address).first() or Person.objects.create_user(address, name=name)


def _is_over(job: Staff) -> bool:
    return job.ended_at is not None or (job.until_on is not None and job.until_on < clock.today())


@transaction.atomic
def end_job(job: Staff, *, last_day: date | None = None, by: Actor) -> Staff:
    """End a job: now, or at the end of its last day.

    Holds afterwards: from then on nothing opens that this job opened, on any device, and no strand is led by somebody
    who does not work here. A school is never left without a head.
    """
    if _is_over(job):
        raise Refused(_("This job has ended already."))
    if last_day and last_day < max(job.from_on, clock.today()):
        raise Refused(_("Choose a last day from today on, or end the job now."))
    if job.role == Role.HEAD and not staff_now(job.school_id, role=Role.HEAD).exclude(pk=job.person_id).exists():
        raise Refused(_("Nobody else is head of this school. Give somebody that job first."))
    if last_day:
        job.until_on = last_day
    else:
        job.ended_at = clock.now()
    job.save()
    audit.record("org.job_ended", job, by=by, role=job.role, last_day=str(last_day or "now"))
    if not last_day and not today(Staff.objects.filter(person=job.person_id, school=job.school_id)).exists():
        for held in StrandLead.objects.filter(person=job.person_id, school=job.school_id, ended_at=None):
            take_strand(held, by=by)
        Person.objects.filter(pk=job.person_id).update(mobile="")  # nobody rings them any more
    return job


@transaction.atomic
def say_mobile(person: Person, number: str, *, by: Actor) -> None:
    """Where a text reaches this colleague when an alarm rings; blank: nowhere. Only they say so."""
    if Person.objects.filter(pk=person.pk).exclude(mobile=number).update(mobile=number):
        audit.record("org.mobile_said", person, by=by, has_one=bool(number))


@transaction.atomic
def give_strand(
    person: Person,
    strand: Strand,
    *,
    school: School,
    from_on: date | None = None,
    until_on: date | None = None,
    by: Actor,
) -> StrandLead:
    """Hand somebody who works here a strand to lead, from a day until a day.

    Holds afterwards: they may choose to act as its lead, and may then do what its row of the table says, in it alone.
    """
    first = from_on or clock.today()
    if until_on and until_on < first:
        raise Refused(_("The last day lies before the first."))
    if not today(Staff.objects.filter(person=person, school=school)).exists():
        raise Refused(_("Only somebody who works here can lead a strand."))
    if today(StrandLead.objects.filter(person=person, school=school, strand=strand)).exists():
        raise Refused(_("They lead this strand already."))
    held = StrandLead.objects.create(person=person, school=school, strand=strand, from_on=first, until_on=until_on)
    audit.record("org.strand_given", held, by=by, strand=strand)
    return held


@transaction.atomic
def take_strand(held: StrandLead, *, by: Actor) -> StrandLead:
    """Take a strand back, at once."""
    if held.ended_at:
        raise Refused(_("This strand has been taken back already."))
    held.ended_at = clock.now()
    held.save()
    audit.record("org.strand_taken", held, by=by, strand=held.strand)
    return held


@transaction.atomic
def found_service(name: str) -> Organisation:
    """An independent advice service: an organisation that no school and no authority belongs to."""
    service = Organisation.objects.create(name=name, kind=Organisation.Kind.ADVISER)
    audit.record("org.service_founded", service, by=None)
    return service


@transaction.atomic
def appoint_adviser(email: str, *, name: str, service: Organisation) -> tuple[Adviser, bool]:
    """Let somebody advise families for a service; says whether that is new.

    Holds afterwards: they work at no school, so that no school has a hand in what they write.
    """
    if service.kind != Organisation.Kind.ADVISER:
        raise Refused(_("%(name)s is not an independent advice service.") % {"name": service.name})
    person = _person(email, name)
    if today(Staff.objects.filter(person=person)).exists():
        raise Refused(_("Somebody who works at a school cannot advise families independently."))
    found = Adviser.objects.filter(organisation=service, person=person).first()
    if found and today(Adviser.objects.filter(pk=found.pk)).exists():
        return found, False
    adviser = found or Adviser(organisation=service, person=person)
    adviser.from_on, adviser.until_on, adviser.ended_at = clock.today(), None, None
    adviser.save()
    audit.record("org.adviser_appointed", adviser, by=None)
    return adviser, True


@transaction.atomic
def break_glass(child_id: UUID, *, reason: str, school_id: UUID, by: Actor) -> BrokenGlass:
    """Open one child's records for an hour, in an emergency. The caller's rule has said that it is not their own child.

    Holds afterwards: the reason stands; the head and the safeguarding lead have it on their first page until one
    of them has looked; the hour ends by itself.
    """
    if not reason.strip():
        raise Refused(_("Say why. Somebody will read it."))
    now = clock.now()
    glass = BrokenGlass.objects.create(
        school_id=school_id,
        person_id=by.staff_id,
        child=child_id,
        reason=reason.strip(),
        opened_at=now,
        until=now + GLASS_STAYS_OPEN,
    )
    audit.record("org.glass_broken", glass, by=by, child=str(child_id))
    return glass


@transaction.atomic
def look_at(glass: BrokenGlass, *, by: Actor) -> BrokenGlass:
    """Say that somebody other than the one who broke it has read why."""
    if glass.person_id == by.person_id:
        raise Refused(_("Somebody else has to look at this."))
    looked = BrokenGlass.objects.filter(pk=glass.pk, looked_at=None)
    if looked.update(looked_at=clock.now(), looked_at_by=by.staff_id):
        audit.record("org.glass_looked_at", glass, by=by)
    glass.refresh_from_db()
    return glass


@transaction.atomic
def say_words(tag: str, entry: Entry, words: Sequence[str], *, by: Actor) -> Wording:
    """Keep that this person has read a string, and how it should be said. The newest reader counts.

    Holds afterwards: the words would break no page; they carry the name of their reader wherever they go.
    """
    said = [" ".join(form.split()) for form in words]
    if faults(entry, said, tag):
        raise Refused(_("Please fill in every box, and keep everything that looks like %(gap)s or <bdi>.") % _GAP)
    wording, _new = Wording.objects.update_or_create(
        school_id=by.school_id,
        language=tag,
        string=entry.key,
        defaults={"words": said, "by_id": by.staff_id, "at": clock.now()},
    )
    audit.record("org.words_read", wording, by=by, language=tag, string=entry.key)
    return wording


@transaction.atomic
def ask_to_read(person: Person, tag: str, *, school: School, by: Actor) -> Bilingual:
    """Ask somebody who works here to read and write a language for the school. Done twice, it is done once."""
    language = find(tag)
    if language is None or language.tag == "en" or not language.written:
        raise Refused(_("Please choose a language that is written."))
    if not staff_now(school.pk).filter(pk=person.pk).exists():
        raise Refused(_("They do not work here today."))
    asked, is_new = Bilingual.objects.get_or_create(
        school=school,
        person=person,
        language=language.tag,
        ended_at=None,
        defaults={"asked_by_id": by.staff_id, "since": clock.now()},
    )
    if is_new:
        audit.record("org.asked_to_read", asked, by=by, language=asked.language)
    return asked


@transaction.atomic
def end_reading(asked: Bilingual, *, by: Actor) -> None:
    """They read it no longer: what waits is there for whoever else does."""
    if not Bilingual.objects.filter(pk=asked.pk, ended_at=None).update(ended_at=clock.now()):
        raise Refused(_("This has ended already."))
    audit.record("org.reading_ended", asked, by=by, language=asked.language)


@transaction.atomic
def close_on(name: str, *, first: date, last: date, school_id: UUID, by: Actor) -> DaysOff:
    """Keep that the school is closed from one day to another. Typed in twice, it is kept once.

    Holds afterwards: deadlines in school days and weekly meetings leave these days out. What is planned already stays.
    """
    if last < first:
        raise Refused(_("The last day lies before the first."))
    if last - first > LONGEST_OFF:
        raise Refused(_("That is more than ten weeks. Please look at the two days again."))
    kept, is_new = DaysOff.objects.get_or_create(
        school_id=school_id, first_on=first, last_on=last, defaults={"name": name.strip()}
    )
    if is_new:
        audit.record("org.days_off_kept", kept, by=by)
    return kept


@transaction.atomic
def open_again(days: DaysOff, *, by: Actor) -> None:
    """Take days off away: they were typed in wrongly, or the school is open after all."""
    audit.record("org.days_off_removed", days, by=by, first=days.first_on.isoformat(), last=days.last_on.isoformat())
    days.delete()


@transaction.atomic
def brief(mail_at: str, *, away_until: date | None, by: Actor) -> Briefing:
    """When I get a mail of what waits for me in this role, and until when I am away.

    Holds afterwards: while somebody is away, no mail goes, and whatever families wrote to them stands with everybody
    who works with that family at once.
    """
    if away_until and away_until < clock.today():
        raise Refused(_("That day is past."))
    told = {"role": by.acting_role, "mail_at": mail_at, "away_until": away_until}
    kept, _made = Briefing.objects.update_or_create(school_id=by.school_id, person_id=by.staff_id, defaults=told)
    audit.record("org.briefing_chosen", kept, by=by, mail_at=mail_at, away=away_until is not None)
    return kept
