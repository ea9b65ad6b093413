"""The first address, the office's queue, and the job somebody does."""

from django.urls import path

from gatepost.front.views import office, staff

app_name = "front"
urlpatterns = [
    path("", staff.today, name="today"),
    path("acting-as/", staff.acting_as, name="acting_as"),
    path("office/", office.office, name="office"),
    path("office/settle/<uuid:pk>/", office.settle, name="settle"),
    path("office/uncertain/<uuid:pk>/", office.uncertain, name="uncertain"),
    path("office/say/<uuid:pk>/", office.say, name="say"),
]
