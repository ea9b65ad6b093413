from django.db import migrations, models

from gatepost.core.indexes import WithoutIndex


class Migration(migrations.Migration):
    dependencies = [("core", "0003_audit_insert_only")]

    operations = [WithoutIndex("auditevent", "school_id", models.UUIDField(null=True))]
