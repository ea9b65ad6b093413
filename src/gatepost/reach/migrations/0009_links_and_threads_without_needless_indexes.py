import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models

from gatepost.core.indexes import WithoutIndex

PROTECT = django.db.models.deletion.PROTECT
SCHOOL = models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="org.school")
SOMEBODY = models.ForeignKey(
    db_index=False, null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
)


class Migration(migrations.Migration):
    dependencies = [
        ("reach", "0008_few_a_week"),
        ("know", "0007_a_lot_on_them"),
        ("org", "0005_briefing"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        WithoutIndex("familylink", "school", SCHOOL),
        WithoutIndex(
            "familylink",
            "child",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.CASCADE,
                related_name="+",
                to="know.child",
            ),
        ),
        WithoutIndex(
            "familylink",
            "contact_point",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="+",
                to="know.contactpoint",
            ),
        ),
        WithoutIndex("message", "school", SCHOOL),
        WithoutIndex("message", "by", SOMEBODY),
        WithoutIndex("message", "passed_by", SOMEBODY),
        WithoutIndex("thread", "wrote_last", SOMEBODY),
    ]
