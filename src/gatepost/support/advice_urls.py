"""Advisers: the office's pages and the adviser's own."""

from django.urls import path

from gatepost.support.views import adviser, agreements

app_name = "advice"
urlpatterns = [
    path("agreements/", agreements.agreements, name="agreements"),
    path("agreements/<uuid:pk>/end/", agreements.end, name="end"),
    path("adults/<uuid:pk>/", agreements.agree, name="agree"),
    path("families/", adviser.my_families, name="families"),
    path("families/<uuid:pk>/", adviser.family, name="family"),
]
