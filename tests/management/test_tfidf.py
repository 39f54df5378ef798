import pytest
from django.core.management import call_command

from mmrec_app.conf import conf
from mmrec_app.models import ModalityVector
from mmrec_app.offline.encode import encode_dirty
from tests.products import make_shop

pytestmark = pytest.mark.django_db


def test_tfidf_is_fitted_to_the_catalogue_and_named_in_the_settings_it_encodes(settings, tmp_path, capsys):
    make_shop(numbers=1, encode=False)
    call_command("mmrec_tfidf", str(tmp_path / "tfidf"), "--dimension", "8")
    said = capsys.readouterr().out
    assert "16 texts, 8 dimensions" in said and str(tmp_path / "tfidf") in said
    spec = {"kind": "tfidf", "model": str(tmp_path / "tfidf")}
    settings.MMREC = settings.MMREC | {"ENCODERS": {"text": ["bundled:all-MiniLM-L6-v2", spec]}}
    encode_dirty()
    stored = ModalityVector.objects.filter(encoder=conf().encoders[1].identity)
    assert {len(row.vector) for row in stored} == {8} and len(stored) == 16
