import pgvector.django.halfvec
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("mmrec_app", "0007_measuring")]

    operations = [
        migrations.CreateModel(
            name="EncodedQuery",
            fields=[
                ("key", models.CharField(max_length=64, primary_key=True, serialize=False, verbose_name="key")),
                ("vector", pgvector.django.halfvec.HalfVectorField()),
                ("encoded_at", models.DateTimeField(verbose_name="encoded at")),
            ],
            options={
                "verbose_name": "encoded query",
                "verbose_name_plural": "encoded queries",
                "indexes": [models.Index(fields=["encoded_at"], name="mmrec_query_age")],
            },
        ),
    ]
