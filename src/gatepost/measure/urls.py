"""The addresses of measuring."""

from django.urls import path

from gatepost.measure.views import staff

app_name = "measure"
urlpatterns = [
    path("not-heard/", staff.not_heard, name="not_heard"),
    path("not-heard/counts.csv", staff.not_heard_csv, name="not_heard_csv"),
    path("attendance/", staff.attendance, name="attendance"),
    path("attendance/counts.csv", staff.attendance_csv, name="attendance_csv"),
]
