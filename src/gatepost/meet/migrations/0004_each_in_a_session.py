"""From here on every time stands in a session, and so does every note of who came; the agenda keeps the words."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meet", "0003_meetings_of_old")]

    operations = [
        migrations.AlterField(
            model_name="slot",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="slots", to="meet.session"
            ),
        ),
        migrations.AlterField(
            model_name="attendance",
            name="session",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="attendance", to="meet.session"
            ),
        ),
        migrations.RemoveField(model_name="booking", name="talk_about"),
    ]
