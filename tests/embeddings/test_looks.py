"""How much of an item is seen rather than read, by what the fusion's slots weigh in it."""

import numpy as np
import pytest
from django.db import connection

from mmrec_app.embeddings import vectors
from mmrec_app.models import Generation, Item

pytestmark = pytest.mark.django_db


def test_pictures_weigh_against_texts_over_all_their_encoders():
    generation = Generation.objects.get(state="active")
    items = [Item.objects.create(source="shop", object_id=str(n)).pk for n in range(3)]
    joint = np.eye(3, generation.dimension, dtype=np.float32)
    shares = np.array([[0.2, 0.1, 0.3, 0.4], [0, 0, 0, 1], [0.5, 0, 0, 0.5]])
    vectors.place(generation, items, joint, joint, shares)
    with connection.cursor() as cursor:
        found, looks = vectors.looks_of(cursor, generation.number, items, ("text", "image", "image", "behaviour"))
        assert looks == {items[0]: pytest.approx(2 / 3), items[2]: 0.0}  # nothing is known of the second's content
        np.testing.assert_allclose(found[items[1]], joint[1])
        assert vectors.looks_of(cursor, generation.number, items, ())[1] == {}
