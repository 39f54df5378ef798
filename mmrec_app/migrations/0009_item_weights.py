import django.contrib.postgres.fields
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mmrec_app", "0008_encodedquery")]

    operations = [
        # The column stays: processes of the version before read it until they are restarted. It may be empty.
        migrations.SeparateDatabaseAndState(
            state_operations=[migrations.RemoveField(model_name="itemvector", name="looks")]
        ),
        migrations.AddField(
            model_name="itemvector",
            name="weights",
            field=django.contrib.postgres.fields.ArrayField(
                base_field=models.FloatField(), db_default=[], default=list, size=None
            ),
        ),
    ]
