"""The tables that are partitioned by generation, and the partitions of generation 0."""

from typing import Any

import django.db.models.deletion
import pgvector.django.halfvec
from django.db import migrations, models

from mmrec_app.embeddings import partitions
from mmrec_app.embeddings.generations import FIRST_DIMENSION

TABLES = """
CREATE TABLE mmrec_app_itemvector (
    generation_id integer NOT NULL REFERENCES mmrec_app_generation (number) DEFERRABLE INITIALLY DEFERRED,
    item_id bigint NOT NULL REFERENCES mmrec_app_item (id) DEFERRABLE INITIALLY DEFERRED,
    joint halfvec NOT NULL,
    content halfvec NOT NULL,
    PRIMARY KEY (generation_id, item_id)
) PARTITION BY LIST (generation_id);
CREATE TABLE mmrec_app_itemneighbour (
    generation_id integer NOT NULL REFERENCES mmrec_app_generation (number) DEFERRABLE INITIALLY DEFERRED,
    item_id bigint NOT NULL REFERENCES mmrec_app_item (id) DEFERRABLE INITIALLY DEFERRED,
    rank smallint NOT NULL CHECK (rank >= 0),
    neighbour_id bigint NOT NULL REFERENCES mmrec_app_item (id) DEFERRABLE INITIALLY DEFERRED,
    weight double precision NOT NULL,
    PRIMARY KEY (generation_id, item_id, rank)
) PARTITION BY LIST (generation_id);
"""


def create_partitions_0(apps: Any, schema_editor: Any) -> None:
    with schema_editor.connection.cursor() as cursor:
        partitions.create(cursor, 0)
        partitions.index(cursor, 0, FIRST_DIMENSION)
        partitions.attach(cursor, 0)


def key(to: str, **options: Any) -> models.ForeignKey:
    return models.ForeignKey(to, db_index=False, on_delete=django.db.models.deletion.CASCADE, **options)


class Migration(migrations.Migration):
    dependencies = [("mmrec_app", "0001_initial")]

    operations = [
        migrations.SeparateDatabaseAndState(
            database_operations=[
                migrations.RunSQL(TABLES, "DROP TABLE mmrec_app_itemvector; DROP TABLE mmrec_app_itemneighbour;")
            ],
            state_operations=[
                migrations.CreateModel(
                    name="ItemVector",
                    fields=[
                        ("pk", models.CompositePrimaryKey("generation_id", "item_id", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("joint", pgvector.django.halfvec.HalfVectorField()),
                        ("content", pgvector.django.halfvec.HalfVectorField()),
                        ("generation", key("mmrec_app.generation")),
                        ("item", key("mmrec_app.item", related_name="vectors")),
                    ],
                ),
                migrations.CreateModel(
                    name="ItemNeighbour",
                    fields=[
                        ("pk", models.CompositePrimaryKey("generation_id", "item_id", "rank", blank=True, editable=False, primary_key=True, serialize=False)),
                        ("rank", models.PositiveSmallIntegerField()),
                        ("weight", models.FloatField()),
                        ("generation", key("mmrec_app.generation")),
                        ("item", key("mmrec_app.item", related_name="neighbours")),
                        ("neighbour", key("mmrec_app.item", related_name="+")),
                    ],
                ),
            ],
        ),
        migrations.RunPython(create_partitions_0, migrations.RunPython.noop),
    ]
