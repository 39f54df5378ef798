from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mmrec_app", "0010_sites")]

    # An empty and a constant value: Postgres writes neither into the rows that are there.
    operations = [
        migrations.AddField(model_name="dailyitem", name="generation", field=models.PositiveIntegerField(null=True)),
        migrations.AddField(
            model_name="dailyitem", name="variant", field=models.CharField(db_default="", default="", max_length=160)
        ),
    ]
