"""A colleague on duty is rung by mail and by text: each way once."""

from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meet", "0004_each_in_a_session"),
        ("org", "0004_a_number_for_alarms"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="outingcall",
            name="outing_rings_somebody_once",
        ),
        migrations.AddField(
            model_name="outingcall",
            name="way",
            field=models.CharField(choices=[("mail", "Mail"), ("text", "Text")], default="mail", max_length=4),
        ),
        migrations.AddConstraint(
            model_name="outingcall",
            constraint=models.UniqueConstraint(fields=("outing", "person", "way"), name="outing_rings_somebody_once"),
        ),
    ]
