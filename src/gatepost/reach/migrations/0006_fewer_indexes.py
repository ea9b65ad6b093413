import django.db.models.deletion
from django.db import migrations, models

from gatepost.core.indexes import WithoutIndex

SCHOOL = models.ForeignKey(
    db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name="+", to="org.school"
)


class Migration(migrations.Migration):
    dependencies = [("reach", "0005_together"), ("know", "0006_together"), ("org", "0003_words_and_days_off")]

    operations = [
        WithoutIndex("notice", "school", SCHOOL),
        WithoutIndex("delivery", "school", SCHOOL),
        WithoutIndex("thread", "school", SCHOOL),
        WithoutIndex(
            "thread",
            "adult",
            models.ForeignKey(
                db_index=False,
                on_delete=django.db.models.deletion.PROTECT,
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
                on_delete=django.db.models.deletion.SET_NULL,
                related_name="company",
                to="reach.delivery",
            ),
        ),
        migrations.AddIndex(
            "delivery",
            models.Index(condition=models.Q(("along__isnull", False)), fields=["along"], name="delivery_along"),
        ),
    ]
