"""Where staff plan and look after meetings."""

from django.urls import path

from gatepost.meet.views import (
    agenda,
    arrivals,
    evening,
    following,
    hooks,
    interpreting,
    outings,
    preparing,
    release,
    sheets,
    staff,
)

app_name = "meet"
urlpatterns = [
    path("", staff.events, name="events"),
    path("plan/<slug:kind>/", staff.plan, name="plan"),
    path("events/<uuid:pk>/", staff.event, name="event"),
    path("events/<uuid:pk>/preview/", staff.preview, name="preview"),
    path("events/<uuid:pk>/kitchen/", staff.kitchen, name="kitchen"),
    path("events/<uuid:pk>/evening/", evening.evening, name="evening"),
    path("events/<uuid:pk>/place/", evening.place, name="place"),
    path("events/<uuid:pk>/door/", evening.door, name="door"),
    path("events/<uuid:pk>/arrivals/", arrivals.arrivals, name="arrivals"),
    path("events/<uuid:pk>/follow-on/", hooks.follow_on, name="follow_on"),
    path("events/<uuid:pk>/eligible/", hooks.eligible, name="eligible"),
    path("sessions/<uuid:pk>/kiosk/", arrivals.begin_kiosk, name="begin_kiosk"),
    path("kiosks/<uuid:pk>/end/", arrivals.end_kiosk, name="end_kiosk"),
    path("sign-ins/<uuid:pk>/", arrivals.match, name="match"),
    path("sessions/<uuid:pk>/late/", evening.late, name="late"),
    path("invitations/<uuid:pk>/here/", evening.walk_in, name="walk_in"),
    path("invitations/<uuid:pk>/answer/", staff.answer_for, name="answer_for"),
    path("bookings/<uuid:pk>/came/", staff.came, name="came"),
    path("interpreters/", interpreting.queue, name="interpreters"),
    path("interpreters/outside/", interpreting.outside, name="outside_interpreters"),
    path("interpreters/outside/<uuid:pk>/end/", interpreting.end, name="end_interpreter"),
    path("interpreters/told/<uuid:pk>/", interpreting.told, name="told_interpreter"),
    path("interpreters/<uuid:pk>/", interpreting.one, name="interpreter"),
    path("out/", outings.outings, name="outings"),
    path("out/<uuid:pk>/", outings.outing, name="outing"),
    path("calendar/", following.follow, name="follow"),
    path("help/", preparing.to_arrange, name="to_arrange"),
    path("rooms/", preparing.rooms, name="rooms"),
    path("rooms/<uuid:pk>/end/", preparing.end_room, name="end_room"),
    path("bookings/<uuid:pk>/prepare/", preparing.prepare, name="prepare"),
    path("bookings/<uuid:pk>/agenda/", agenda.agenda, name="agenda"),
    path("bookings/<uuid:pk>/sheet/", sheets.shared, name="sheet"),
    path("events/<uuid:pk>/cover/", release.cover, name="cover"),
]
