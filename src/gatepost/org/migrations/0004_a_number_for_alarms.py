"""A colleague says where a text reaches them when an alarm rings."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("org", "0003_words_and_days_off"),
    ]

    operations = [
        migrations.AddField(
            model_name="person",
            name="mobile",
            field=models.CharField(blank=True, max_length=20),
        ),
    ]
