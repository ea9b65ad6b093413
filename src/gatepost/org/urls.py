"""Who works here, as what, and who leads which strand."""

from django.urls import path

from gatepost.org.views import days_off, readers, staff, words

app_name = "staff"
urlpatterns = [
    path("", staff.people, name="people"),
    path("add/", staff.add, name="add"),
    path("roles/", staff.roles, name="roles"),
    path("days-off/", days_off.days_off, name="days_off"),
    path("days-off/<uuid:pk>/open-again/", days_off.open_again, name="open_again"),
    path("readers/", readers.readers, name="readers"),
    path("readers/<uuid:pk>/end/", readers.end, name="end_reading"),
    path("words/", words.languages, name="languages"),
    path("words/<slug:tag>/", words.language, name="language"),
    path("words/<slug:tag>/file/", words.catalogue, name="catalogue"),
    path("jobs/<uuid:pk>/", staff.job, name="job"),
    path("jobs/<uuid:pk>/end/", staff.end, name="end"),
    path("jobs/<uuid:pk>/strand/", staff.give_strand, name="give_strand"),
    path("strands/<uuid:pk>/take/", staff.take_strand, name="take_strand"),
]
