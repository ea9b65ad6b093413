"""Where the link in an invitation leads. Short, since it stands in text messages."""

from django.urls import path

from gatepost.meet.views import agenda_family, family, helping, sheets

app_name = "invite"
urlpatterns = [
    path("<str:token>/", family.open_invitation, name="open"),
    path("<str:token>/none/", family.none_of_these, name="none_of_these"),
    path("<str:token>/no/", family.decline, name="decline"),
    path("<str:token>/talk/", agenda_family.talk, name="talk"),
    path("<str:token>/mine/", sheets.mine, name="mine"),
    path("<str:token>/help/", helping.helps, name="helps"),
    path("<str:token>/meeting.ics", family.calendar_file, name="calendar_file"),
]
