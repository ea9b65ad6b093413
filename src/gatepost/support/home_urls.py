"""What staff do with learning at home."""

from django.urls import path

from gatepost.support.views import after, aloud, home

app_name = "home"
urlpatterns = [
    path("", home.home_page, name="page"),
    path("write/", home.write, name="write"),
    path("after/<uuid:pk>/", after.after, name="after"),
    path("classes/<uuid:pk>/", home.classroom, name="classroom"),
    path("notes/<uuid:pk>/aloud/", aloud.note, name="aloud"),
    path("notes/<uuid:pk>/take-back/", home.undo, name="undo"),
    path("helped/<uuid:pk>/", home.helped, name="helped"),
    path("ideas/<uuid:pk>/", home.idea, name="idea"),
]
