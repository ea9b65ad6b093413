"""What staff do with extra help for a child."""

from django.urls import path

from gatepost.support.views import extra

app_name = "extra"
urlpatterns = [
    path("children/<uuid:pk>/", extra.of_child, name="of_child"),
    path("<uuid:pk>/end/", extra.end, name="end"),
    path("told/<uuid:pk>/", extra.key_in, name="key_in"),
]
