"""What staff do by hand."""

from django.urls import path

from gatepost.reach.views import (
    budget,
    documents,
    explaining,
    letters,
    praising,
    recordings,
    staff,
    threads,
    translating,
    treated,
)

app_name = "reach"
urlpatterns = [
    path("letters/", letters.print_room, name="letters"),
    path("letters/sealed/", letters.sealed_room, name="sealed_letters"),
    path("letters/gone/", letters.gone, name="letters_gone"),
    path("letters/<uuid:pk>/", letters.twin, name="letter"),
    path("letters/<uuid:pk>/came-back/", letters.came_back, name="letter_came_back"),
    path("letters/runs/<uuid:pk>/", letters.run, name="print_run"),
    path("letters/runs/<uuid:pk>/letters.pdf", letters.press, name="press"),
    path("slips/", letters.find_slip, name="find_slip"),
    path("slips/<uuid:pk>/", letters.slip, name="slip"),
    path("budget/", budget.budget, name="budget"),
    path("stop/", staff.stop_all, name="stop_all"),
    path("talks/", staff.talks, name="talks"),
    path("adults/<uuid:pk>/talk/", staff.note_talk, name="note_talk"),
    path("adults/<uuid:pk>/proofs/", staff.proofs_of, name="proofs"),
    path("adults/<uuid:pk>/write/", threads.write, name="write"),
    path("adults/<uuid:pk>/letter/", praising.praise_parent, name="praise_parent"),
    path("parents-to-praise/", praising.unpraised, name="unpraised"),
    path("children/<uuid:pk>/praise/", threads.praise, name="praise"),
    path("threads/<uuid:pk>/", threads.thread, name="thread"),
    path("to-put-right/", treated.repairs, name="repairs"),
    path("to-put-right/<uuid:pk>/", treated.repaired, name="repaired"),
    path("to-explain/", explaining.waiting, name="explain"),
    path("to-explain/<uuid:pk>/", explaining.done, name="explained"),
    path("messages/", threads.to_pass, name="to_pass"),
    path("messages/<uuid:pk>/", threads.pass_on, name="pass_on"),
    path("messages/<uuid:pk>/aloud/", recordings.message, name="aloud"),
    path("many/<uuid:pk>/aloud/", recordings.broadcast, name="aloud_to_many"),
    path("messages/<uuid:pk>/in-english/", translating.hurry, name="hurry"),
    path("documents/", documents.every, name="documents"),
    path("documents/<uuid:pk>/", documents.one, name="document"),
    path("paragraphs/<uuid:pk>/", documents.again, name="paragraph"),
    path("words/", translating.queue, name="words"),
    path("words/<uuid:pk>/", translating.one, name="word"),
]
