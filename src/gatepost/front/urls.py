"""The first address, the office's queue, the job somebody does, and the families as the school knows them."""

from django.urls import path

from gatepost.front.views import families, keeping, office, saying, staff

app_name = "front"
urlpatterns = [
    path("", staff.today, name="today"),
    path("acting-as/", staff.acting_as, name="acting_as"),
    path("office/", office.office, name="office"),
    path("office/settle/<uuid:pk>/", office.settle, name="settle"),
    path("office/uncertain/<uuid:pk>/", office.uncertain, name="uncertain"),
    path("office/texts/<uuid:pk>/", office.text_read, name="text_read"),
    path("office/say/<uuid:pk>/", office.say, name="say"),
    path("families/", families.families, name="families"),
    path("children/<uuid:pk>/", families.child, name="child"),
    path("children/<uuid:pk>/team/", keeping.join_team, name="join_team"),
    path("children/<uuid:pk>/household/", keeping.found_household, name="found_household"),
    path("team/<uuid:pk>/end/", keeping.leave_team, name="leave_team"),
    path("bonds/<uuid:pk>/", keeping.bond, name="bond"),
    path("households/<uuid:pk>/", families.family, name="family"),
    path("households/<uuid:pk>/members/", keeping.move_in, name="move_in"),
    path("households/<uuid:pk>/address/", keeping.address, name="address"),
    path("households/<uuid:pk>/address/open/", keeping.open_address, name="open_address"),
    path("members/<uuid:pk>/end/", keeping.move_out, name="move_out"),
    path("adults/<uuid:pk>/", families.adult, name="adult"),
    path("adults/<uuid:pk>/wishes/", saying.wishes, name="wishes"),
    path("adults/<uuid:pk>/languages/", saying.languages, name="languages"),
    path("adults/<uuid:pk>/needs/", saying.needs, name="needs"),
    path("adults/<uuid:pk>/barriers/", saying.barriers, name="barriers"),
    path("adults/<uuid:pk>/facets/", saying.facets, name="facets"),
    path("adults/<uuid:pk>/strengths/", saying.add_strength, name="add_strength"),
    path("strengths/<uuid:pk>/", saying.strength, name="strength"),
    path("strengths/<uuid:pk>/remove/", saying.remove_strength, name="remove_strength"),
    path("adults/<uuid:pk>/contact/", saying.add_contact, name="add_contact"),
    path("contact/<uuid:pk>/", saying.contact, name="contact"),
    path("contact/<uuid:pk>/end/", saying.end_contact, name="end_contact"),
    path("contact/<uuid:pk>/confirm/", saying.confirm_contact, name="confirm_contact"),
    path("adults/<uuid:pk>/merge/", keeping.merge, name="merge"),
    path("merges/<uuid:pk>/undo/", keeping.undo_merge, name="undo_merge"),
]
