import numpy as np
import onnxruntime
import pytest

from mmrec_app.embeddings import towers
from mmrec_app.exceptions import MmrecError
from mmrec_app.training import export, ranker
from mmrec_app.training.signals import FEATURES


def serve(monkeypatch: pytest.MonkeyPatch, features: int) -> ranker.Ranker:
    """A ranker that reads so many features answers for every generation."""
    for module in (ranker, export):
        monkeypatch.setattr(module, "FEATURES", features)
    made = ranker.Ranker(10.0)
    session = onnxruntime.InferenceSession(export.ranker_onnx(made.eval()), providers=["CPUExecutionProvider"])
    monkeypatch.setattr(towers, "_session", lambda *given: session)
    return made


@pytest.mark.parametrize("width", [FEATURES, FEATURES - 1])
def test_a_ranker_reads_the_features_there_were_when_it_was_trained(width, monkeypatch):
    made = serve(monkeypatch, width)
    features = np.random.default_rng(0).random((2, 7, FEATURES)).astype(np.float32)
    np.testing.assert_allclose(towers.order(1, "", features), made.order(features[..., :width]), atol=1e-5)


def test_a_ranker_that_asks_for_more_than_is_known_is_an_error_that_names_it(monkeypatch):
    serve(monkeypatch, FEATURES + 1)
    with pytest.raises(MmrecError, match=r"ranker.onnx of generation 4 failed"):
        towers.order(4, "", np.zeros((1, 3, FEATURES), np.float32))
