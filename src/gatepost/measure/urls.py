"""The addresses of measuring."""

from django.urls import path

from gatepost.measure.views import left_out, staff

app_name = "measure"
urlpatterns = [
    path("", staff.figures, name="figures"),
    path("not-heard/", staff.not_heard, name="not_heard"),
    path("not-heard/counts.csv", staff.not_heard_csv, name="not_heard_csv"),
    path("attendance/", staff.attendance, name="attendance"),
    path("attendance/counts.csv", staff.attendance_csv, name="attendance_csv"),
    path("left-out/", left_out.who_was_left_out, name="left_out"),
    path("left-out/counts.csv", left_out.left_out_csv, name="left_out_csv"),
    path("left-out/tell/<uuid:pk>/", left_out.tell_left_out, name="tell_left_out"),
]
