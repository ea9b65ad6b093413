"""From here on every time stands in a session, and so does every note of who came."""

import django.db.models.deletion
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("meet", "0004_sessions_of_old")]

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
    ]
