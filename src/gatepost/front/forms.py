"""What the office types."""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from gatepost.disclosure import Standing, Tri
from gatepost.know.models import Care, Child
from gatepost.org.queries import Hat

STANDINGS = [
    (Standing.PARENT.value, _("A parent")),
    (Standing.CARER.value, _("Looks after the child: a grandparent, foster carer, step-parent …")),
    (Standing.EMERGENCY_ONLY.value, _("Only to be rung in an emergency")),
]
ANSWERS = [(Tri.YES.value, _("Yes")), (Tri.NO.value, _("No")), (Tri.UNKNOWN.value, _("We do not know"))]


class SettleForm(forms.Form):
    """What an adult is to a child: three facts, none guessed from another."""

    standing = forms.ChoiceField(
        label=_("What is this adult to the child?"), choices=STANDINGS, widget=forms.RadioSelect
    )
    responsibility = forms.ChoiceField(
        label=_("Do they have parental responsibility?"),
        help_text=_("If nobody knows, say so: a parent is told all the same."),
        choices=ANSWERS,
        widget=forms.RadioSelect,
    )
    lives_with = forms.ChoiceField(label=_("Does the child live with them?"), choices=ANSWERS, widget=forms.RadioSelect)

    @classmethod
    def about(cls, care: Care, data: Any = None) -> SettleForm:
        """The form as the facts stand now; what the source left open is not answered for anybody."""
        known = {"responsibility": care.responsibility, "lives_with": care.lives_with}
        if care.standing in dict(STANDINGS):
            known["standing"] = care.standing
        return cls(data, initial=known)

    def facts(self) -> dict[str, Any]:
        """What was said, in the gate's own words."""
        said = self.cleaned_data
        return {
            "standing": Standing(said["standing"]),
            "responsibility": Tri(said["responsibility"]),
            "lives_with": Tri(said["lives_with"]),
        }


class ActingForm(forms.Form):
    """Which of several jobs or strands somebody acts in now."""

    def __init__(self, *args: Any, hats: list[Hat], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["job"] = forms.ChoiceField(
            label=_("Which job are you doing now?"),
            choices=[(hat.key, f"{hat.label}, {hat.school}" if hat.school else hat.label) for hat in hats],
            widget=forms.RadioSelect,
        )


class FindForm(forms.Form):
    """Part of a child's name."""

    name = forms.CharField(label=_("The child’s name"), help_text=_("Three letters or more."), min_length=3)


class GlassForm(forms.Form):
    """Whose records somebody opens in an emergency, and why."""

    reason = forms.CharField(
        label=_("Why do you need to read this now?"),
        help_text=_("The head and the safeguarding lead read this today."),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    field_order = ("child", "reason")

    def __init__(self, *args: Any, children: list[Child], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._children = {str(child.pk): child for child in children}
        self.fields["child"] = forms.ChoiceField(
            label=_("Which child?"),
            choices=[(key, _with_class(child)) for key, child in self._children.items()],
            widget=forms.RadioSelect,
        )
        self.order_fields(self.field_order)

    def child(self) -> Child:
        """The child that was picked."""
        return self._children[self.cleaned_data["child"]]


def _with_class(child: Child) -> str:
    """A child with their class, since two may have the same name."""
    return ", ".join([child.name, *(group.name for group in child.groups.all())])
