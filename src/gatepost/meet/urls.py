"""Where staff plan and look after meetings."""

from django.urls import path

from gatepost.meet.views import staff

app_name = "meet"
urlpatterns = [
    path("", staff.events, name="events"),
    path("plan/<slug:kind>/", staff.plan, name="plan"),
    path("events/<uuid:pk>/", staff.event, name="event"),
    path("events/<uuid:pk>/preview/", staff.preview, name="preview"),
    path("events/<uuid:pk>/kitchen/", staff.kitchen, name="kitchen"),
    path("invitations/<uuid:pk>/answer/", staff.answer_for, name="answer_for"),
    path("bookings/<uuid:pk>/came/", staff.came, name="came"),
]
