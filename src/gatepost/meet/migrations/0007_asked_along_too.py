"""When an adult was asked to come along stands on their own invitation, so that their page need not look for it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("meet", "0006_who_sits_there_is_told"),
    ]

    operations = [
        migrations.AddField(
            model_name="invitation",
            name="asked_along_at",
            field=models.DateTimeField(null=True),
        ),
    ]
