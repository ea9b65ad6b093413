"""Where staff write down talks and keep promises."""

from django.urls import path

from gatepost.agree.views import second_reader, staff

app_name = "agree"
urlpatterns = [
    path("talks/<uuid:pk>/", staff.talk, name="talk"),
    path("records/<uuid:pk>/", staff.record, name="record"),
    path("records/<uuid:pk>/save/", staff.save, name="save"),
    path("records/<uuid:pk>/share/", staff.share, name="share"),
    path("records/<uuid:pk>/targets/", staff.add_target, name="add_target"),
    path("records/<uuid:pk>/promises/", staff.promise, name="promise"),
    path("readings/<uuid:pk>/", second_reader.reading, name="reading"),
    path("targets/<uuid:pk>/drop/", staff.drop_target, name="drop_target"),
    path("promises/", staff.promises, name="promises"),
    path("promises/<uuid:pk>/drop/", staff.drop, name="drop"),
    path("promises/<uuid:pk>/kept/", staff.kept, name="kept"),
    path("promises/<uuid:pk>/not-kept/", staff.not_kept, name="not_kept"),
]
