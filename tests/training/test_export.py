import numpy as np
import onnxruntime
import pytest
import torch

from mmrec_app.training.data import Ragged, TrainingSet
from mmrec_app.training.export import INPUTS, user_tower_onnx
from mmrec_app.training.model import Recommender
from mmrec_app.training.scoring import interests_of
from tests.training.toys import small


@pytest.mark.parametrize("interests", [1, pytest.param(3, marks=pytest.mark.slow)])
@pytest.mark.filterwarnings("error")
def test_what_is_exported_answers_as_torch_does(interests, capfd):
    """Histories of 1 to 14 events, of which the tower reads ten; kinds and days matter."""
    rng, lengths = np.random.default_rng(0), np.arange(1, 15)
    torch.manual_seed(3)
    kinds = rng.integers(0, 3, lengths.sum()).astype(np.int8)
    days = np.concatenate([-np.sort(-rng.random(n) * 40) for n in lengths]).astype(np.float32)
    offsets = np.concatenate([[0], np.cumsum(lengths)])
    train = Ragged(offsets, rng.integers(0, 30, lengths.sum()), kinds, days)
    nothing = Ragged.of([[]] * len(lengths))
    data = TrainingSet(30, train, nothing, nothing, kind_names=("view", "cart", "buy"))
    model = Recommender(data, small(interests=interests, layers=2, heads=2)).eval()
    for weights in model.users.parameters():  # nothing at its start, where times and kinds say nothing
        torch.nn.init.normal_(weights, std=0.3)
    vectors, _ = model.item_vectors()
    expected = interests_of(model, vectors, train, np.arange(len(lengths)))

    session = onnxruntime.InferenceSession(user_tower_onnx(model), providers=["CPUExecutionProvider"])
    assert [each.name for each in session.get_inputs()] == list(INPUTS)
    for user in range(len(lengths)):
        mine = slice(max(offsets[user], offsets[user + 1] - 10), offsets[user + 1])
        rows = vectors.numpy()[None, train.values[mine]]
        given = (rows, kinds[None, mine].astype(np.int64), days[None, mine], np.array([rows.shape[1]]))
        (found,) = session.run(None, dict(zip(INPUTS, given, strict=True)))
        assert found.shape == (1, interests, 16)
        np.testing.assert_allclose(found[0], expected[user], atol=1e-5)
    padded = {"vectors": rows.repeat(2, 0), "kinds": given[1].repeat(2, 0), "days": given[2].repeat(2, 0)}
    (found,) = session.run(None, padded | {"lengths": np.array([10, 4])})
    np.testing.assert_allclose(found[0], expected[-1], atol=1e-5)
    assert np.abs(found[1] - found[0]).max() > 0.01
    assert next(model.users.parameters()).requires_grad
    assert capfd.readouterr() == ("", "")
