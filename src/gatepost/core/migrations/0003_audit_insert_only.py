from django.db import migrations, models

from gatepost.core.insertonly import KeepInsertOnly


class Migration(migrations.Migration):
    dependencies = [
        ("core", "0002_limits"),
    ]

    operations = [
        migrations.AddField(
            model_name="auditevent",
            name="about",
            field=models.UUIDField(null=True),
        ),
        migrations.AddField(
            model_name="auditevent",
            name="key",
            field=models.PositiveSmallIntegerField(default=0),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(fields=["thing_id", "verb"], name="audit_of_a_thing"),
        ),
        migrations.AddIndex(
            model_name="auditevent",
            index=models.Index(
                condition=models.Q(("about__isnull", False)), fields=["about", "verb"], name="audit_about"
            ),
        ),
        KeepInsertOnly(),
    ]
