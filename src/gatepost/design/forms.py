"""How Django's own `{{ form }}` comes to look like everything else: a renderer, widgets, plain words.

Set `FORM_RENDERER = "gatepost.design.forms.Renderer"` and put `django.forms` into INSTALLED_APPS.
"""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.forms import BaseForm
from django.forms.boundfield import BoundField
from django.forms.renderers import BaseRenderer, TemplatesSetting
from django.utils.html import conditional_escape, escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext, pgettext
from django.utils.translation import gettext_lazy as _

from gatepost.design.parts import Words

OUR_WORDS: dict[str, Words] = {
    "required": _("Please answer this."),
    "invalid_choice": _("That one cannot be picked now. Please pick another."),
    "invalid_list": _("Please pick from these."),
    "max_length": _("This is too long. Please use at most %(limit)s letters."),
    "min_length": _("This is too short. Please use at least %(limit)s letters."),
    "max_value": _("Please give a number up to %(limit)s."),
    "min_value": _("Please give a number from %(limit)s."),
    "date": _("Please give a real day, like 4/2/2027."),
    "time": _("Please give a time, like 15:30."),
    "number": _("Please give a number, like 12."),
    "email": _("Please give an e-mail address, like name@example.org."),
}
INVALID: dict[type[forms.Field], str] = {
    forms.DateField: "date",
    forms.TimeField: "time",
    forms.IntegerField: "number",
    forms.EmailField: "email",
}
LIMITS = frozenset({"max_length", "min_length", "max_value", "min_value"})


class Renderer(TemplatesSetting):
    """Renders forms and fields with the components."""

    form_template_name = "design/forms/form.html"
    field_template_name = "a question of a form"  # no template: see `question`

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> str:
        """The places to write and to tick are the same everywhere, and written here: two templates each cost more."""
        if template_name == self.field_template_name:
            return question(context["field"])
        if template_name in _INPUTS:
            return mark_safe(_input(context["widget"]))  # noqa: S308  # every word in it is escaped
        if template_name in _LISTS:
            return mark_safe(_list(context["widget"]))  # noqa: S308  # as above
        if template_name == "django/forms/widgets/textarea.html":
            widget = context["widget"]
            name, words = escape(widget["name"]), escape(widget["value"] or "")
            return mark_safe(f'<textarea name="{name}"{_said(widget["attrs"])}>\n{words}</textarea>')  # noqa: S308  # escaped
        return super().render(template_name, context, request)


_INPUTS = {f"django/forms/widgets/{kind}.html" for kind in ("text", "checkbox", "hidden", "email", "number")}
_LISTS = {f"django/forms/widgets/{kind}.html" for kind in ("radio", "checkbox_select")}


def _input(widget: dict[str, Any]) -> str:
    value = "" if widget["value"] is None else f' value="{escape(widget["value"])}"'
    return f'<input type="{escape(widget["type"])}" name="{escape(widget["name"])}"{value}{_said(widget["attrs"])}>'


def _list(widget: dict[str, Any]) -> str:
    """Things to pick or to tick, under the names of their groups."""
    id = widget["attrs"].get("id")
    parts = [f'<div id="{escape(id)}">' if id else "<div>"]
    for group, options, _index in widget["optgroups"]:
        parts.append(f'<fieldset class="day"><legend>{escape(group)}</legend>' if group else "")
        for option in options:
            place = option["attrs"].get("id")
            words = f"<label{f' for="{escape(place)}"' if place else ''}>{escape(option['label'])}</label>"
            parts.append(f'<div class="choice">{_input(option)}{words}</div>\n')
        parts.append("</fieldset>" if group else "")
    return "".join([*parts, "</div>"])


def _said(attrs: dict[str, Any]) -> str:
    """Attributes of an element, as Django's `attrs.html` writes them."""
    told = (
        escape(name) if value is True else f'{escape(name)}="{escape(value)}"'
        for name, value in attrs.items()
        if value is not False
    )
    return "".join(f" {each}" for each in told)


def question(field: BoundField, *, hint: Words = "", label: Words = "") -> SafeString:
    """One question of a form with its hint and what is wrong with the answer.

    Written here and not by a template: a page asks a dozen, and that was a third of its work.
    """
    if hint:
        field.help_text = str(hint)  # so that aria-describedby names it
    single, id = isinstance(field.field.widget, forms.CheckboxInput), conditional_escape(field.auto_id)
    errors = plain_errors(field)
    wrong = "".join(f"<li>{conditional_escape(error)}</li>" for error in errors)
    wrong = f'<ul class="error" id="{id}_error">{wrong}</ul>' if wrong else ""
    extra = field.css_classes()
    kind = f"field{' tick' if single else ''}{' wrong' if wrong else ''}{f' {escape(extra)}' if extra else ''}"
    words, hint = conditional_escape(str(label or field.label)), conditional_escape(str(field.help_text))
    asked = _to_tick if single else _to_answer
    return mark_safe(f'<div class="{kind}">\n{asked(field, id, words, hint, wrong)}\n</div>\n')  # noqa: S308  # escaped above


def _to_tick(field: BoundField, id: str, words: str, hint: str, wrong: str) -> str:
    hint = f'<span class="hint" id="{id}_helptext">{hint}</span>' if hint else ""
    place = escape(field.id_for_label)
    return f'{wrong}\n<div class="choice">{field}<label for="{place}">{words}{hint}</label></div>\n'


def _to_answer(field: BoundField, id: str, words: str, hint: str, wrong: str) -> str:
    if not field.field.required:
        words += f' <span class="optional">{escape(gettext("(you can leave this empty)"))}</span>'
    hint = f'<p class="hint" id="{id}_helptext">{hint}</p>' if hint else ""
    if not field.use_fieldset:
        return f'<label for="{escape(field.id_for_label)}">{words}</label>\n{hint}\n{wrong}\n{field}\n'
    described = field.aria_describedby
    said = f' aria-describedby="{escape(described)}"' if described else ""
    return f"<fieldset{said}>\n<legend>{words}</legend>\n{hint}\n{wrong}\n{field}\n</fieldset>"


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong in a form, and the id of the place to mend it."""

    message: Words
    target: str


def problems_of(form: BaseForm) -> list[Problem]:
    """Everything wrong with a form, in the order in which it is asked."""
    found = [Problem(str(message), "") for message in form.non_field_errors()]
    for field in form:
        for error in field.errors.as_data():
            if error.code == "required" and _is_djangos(field, error):
                words = gettext("Please answer: %(question)s") % {"question": field.label}
                found.append(Problem(words, place_of(field)))
            else:
                found += [Problem(each, place_of(field)) for each in _spoken(field, error)]
    return found


def plain_errors(field: BoundField) -> list[str]:
    """What is wrong with one answer, in our words where the form says nothing of its own.

    Django's own messages say "field" and "value", and are not there in every language that families read.
    """
    if not field.form.is_bound:
        return []
    return [words for error in field.errors.as_data() for words in _spoken(field, error)]


def _spoken(field: BoundField, error: ValidationError) -> list[str]:
    ours = OUR_WORDS.get(_kind(field, error)) if _is_djangos(field, error) else None
    if ours is None:
        return list(error.messages)
    limit = (error.params or {}).get("limit_value", "")
    return [str(ours) % {"limit": limit}]


def _kind(field: BoundField, error: ValidationError) -> str:
    if error.code != "invalid":
        return error.code or ""
    for kind, name in INVALID.items():
        if isinstance(field.field, kind):
            return name
    return ""


def _is_djangos(field: BoundField, error: ValidationError) -> bool:
    """Whether the words come from Django and not from the form's author."""
    if error.code in LIMITS:
        return True
    said = str(error.message)
    kinds = [kind for kind in type(field.field).__mro__ if issubclass(kind, forms.Field)]
    defaults = {str(words) for kind in kinds for words in getattr(kind, "default_error_messages", {}).values()}
    return said in defaults or said == str(validate_email.message)


def place_of(field: BoundField) -> str:
    """The id of the element where a problem can be mended: the first choice where there are many."""
    if field.is_hidden:
        return ""
    widget = field.field.widget
    if isinstance(widget, TimeSelect):
        return widget.first_free(field.auto_id)
    return f"{field.auto_id}_0" if field.use_fieldset else field.auto_id


class DateInput(forms.DateInput):
    """A date as the device asks for it."""

    input_type = "date"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%Y-%m-%d")


class TimeInput(forms.TimeInput):
    """A time of day as the device asks for it."""

    input_type = "time"

    def __init__(self, attrs: dict[str, Any] | None = None) -> None:
        super().__init__(attrs, format="%H:%M")


class TimeSelect(forms.RadioSelect):
    """Times as tiles, the choices grouped by day: [(day, [(value, time), …]), …]; `taken` holds values.

    Written here and not by a template: when booking opens, thousands of tiles are shown in a minute.
    """

    def __init__(self, attrs: dict[str, Any] | None = None, *, taken: Collection[str] = ()) -> None:
        super().__init__(attrs)
        self.taken = taken

    def first_free(self, id: str) -> str:
        """The id of the first tile that can be picked; a taken one cannot take the focus."""
        taken = {str(each) for each in self.taken}
        for day, (_name, options) in enumerate(self._days()):
            for number, (value, _label) in enumerate(options):
                if str(value) not in taken:
                    return f"{id}_{day}_{number}"
        return id

    def render(
        self, name: str, value: Any, attrs: dict[str, Any] | None = None, renderer: BaseRenderer | None = None
    ) -> SafeString:
        """A radio button and its label for each time, day by day."""
        id = escape(self.build_attrs(self.attrs, attrs).get("id", ""))
        chosen, taken = set(self.format_value(value)), {str(each) for each in self.taken}
        said = f"</span><small>{escape(pgettext('a time', 'taken'))}</small>"
        parts = [f'<div id="{id}">' if id else "<div>"]
        for day, (legend, options) in enumerate(self._days()):
            parts.append(f'<fieldset class="day"><legend>{escape(legend)}</legend>' if legend else "")
            parts.append('<div class="tiles">\n')
            for number, (each, label) in enumerate(options):
                key, place = str(each), f"{id}_{day}_{number}"
                state = " disabled" if key in taken else " checked" if key in chosen else ""
                parts.append(
                    f'<div class="time"><input type="radio" name="{name}" value="{escape(key)}" id="{place}"{state}>'
                    f'<label for="{place}"><span><bdi>{escape(label)}</bdi>'
                    f"{said if key in taken else '</span>'}</label></div>\n"
                )
            parts.append("</div></fieldset>" if legend else "</div>")
        return mark_safe("".join([*parts, "</div>"]))  # noqa: S308  # every word in it has been escaped above

    def _days(self) -> list[tuple[Any, list[Any]]]:
        """Times without a day stand together before all days."""
        loose = [(value, label) for value, label in self.choices if not isinstance(label, list | tuple)]
        days = [(day, list(options)) for day, options in self.choices if isinstance(options, list | tuple)]
        return [(None, loose), *days] if loose else days
