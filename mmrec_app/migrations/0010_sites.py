from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mmrec_app", "0009_item_weights")]

    operations = [
        migrations.AddField(
            model_name="event",
            name="currency",
            field=models.CharField(blank=True, db_default="", default="", max_length=3, verbose_name="currency"),
        ),
        migrations.AddField(
            model_name="dailyfigure", name="site", field=models.IntegerField(null=True, verbose_name="site")
        ),
        migrations.AddField(model_name="dailyitem", name="site", field=models.IntegerField(null=True)),
        migrations.AddField(
            model_name="itemstatistics", name="sites", field=models.JSONField(editable=False, null=True)
        ),
    ]
