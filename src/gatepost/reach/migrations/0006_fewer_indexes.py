from django.conf import settings
from django.db import migrations, models
from django.db.models.deletion import CASCADE, PROTECT, SET_NULL

from gatepost.core.indexes import WithoutIndex

SCHOOL = models.ForeignKey(db_index=False, on_delete=PROTECT, related_name="+", to="org.school")
SOMEBODY = models.ForeignKey(
    db_index=False, null=True, on_delete=PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
)


class Migration(migrations.Migration):
    dependencies = [
        ("reach", "0005_together"),
        ("know", "0006_together"),
        ("org", "0003_words_and_days_off"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        WithoutIndex("notice", "school", SCHOOL),
        WithoutIndex("delivery", "school", SCHOOL),
        WithoutIndex("thread", "school", SCHOOL),
        WithoutIndex(
            "notice",
            "child",
            models.ForeignKey(db_index=False, null=True, on_delete=PROTECT, related_name="+", to="know.child"),
        ),
        WithoutIndex(
            "delivery",
            "contact_point",
            models.ForeignKey(db_index=False, null=True, on_delete=SET_NULL, related_name="+", to="know.contactpoint"),
        ),
        WithoutIndex(
            "thread",
            "adult",
            models.ForeignKey(
                db_index=False,
                on_delete=PROTECT,
                related_name="threads",
                to="know.adult",
            ),
        ),
        WithoutIndex(
            "delivery",
            "along",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=SET_NULL,
                related_name="company",
                to="reach.delivery",
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(condition=models.Q(("along__isnull", False)), fields=["along"], name="delivery_along"),
        ),
        WithoutIndex("familylink", "school", SCHOOL),
        WithoutIndex(
            "familylink",
            "child",
            models.ForeignKey(
                db_index=False,
                null=True,
                on_delete=CASCADE,
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
                on_delete=SET_NULL,
                related_name="+",
                to="know.contactpoint",
            ),
        ),
        WithoutIndex("message", "school", SCHOOL),
        WithoutIndex("message", "by", SOMEBODY),
        WithoutIndex("message", "passed_by", SOMEBODY),
        WithoutIndex("thread", "wrote_last", SOMEBODY),
    ]
