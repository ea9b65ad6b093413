from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("meet", "0015_agendas_of_old")]

    operations = [migrations.RemoveField(model_name="booking", name="talk_about")]
