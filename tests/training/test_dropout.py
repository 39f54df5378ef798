import pytest
import torch

from mmrec_app.training.dropout import Dropout


def test_values_are_dropped_at_the_rate_and_the_mean_stays():
    torch.manual_seed(0)
    drop = Dropout(0.3)
    found = drop(torch.ones(300, 1001))
    assert found.unique().tolist() == pytest.approx([0.0, 256 / 179])
    assert abs((found == 0).float().mean() - 77 / 256) < 0.005
    assert abs(found.mean() - 1) < 0.01


def test_what_is_dropped_passes_no_gradient_and_is_another_each_time():
    torch.manual_seed(0)
    drop, x = Dropout(0.5), torch.ones(4096, requires_grad=True)
    one, other = drop(x), drop(x)
    one.sum().backward()
    assert torch.equal(x.grad, one.detach())
    assert 0.4 < (one == other).float().mean() < 0.6


def test_nothing_is_dropped_outside_of_training_or_at_a_rate_of_nothing():
    x = torch.rand(9)
    assert torch.equal(Dropout(0.5).eval()(x), x)
    assert torch.equal(Dropout(0.0)(x), x)
