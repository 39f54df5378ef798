import math

import pytest
import torch

from mmrec_app.training.fusion import FUSIONS, unit
from mmrec_app.training.losses import Temperature, full_softmax, info_nce, sampled_softmax


def rows(count: int, seed: int = 0) -> torch.Tensor:
    return unit(torch.randn(count, 6, generator=torch.Generator().manual_seed(seed)))


def test_info_nce_as_computed_by_hand():
    a, b = torch.eye(2), torch.eye(2)
    expected = -math.log(math.exp(2) / (math.exp(2) + 1))
    assert float(info_nce(a, b, torch.tensor(2.0))) == pytest.approx(expected, abs=1e-6)


def test_a_row_of_the_same_item_is_no_negative():
    a, b = rows(3), rows(3, 1)
    alone = info_nce(a[:2], b[:2], torch.tensor(3.0))
    again = info_nce(a[[0, 1, 0]], b[[0, 1, 0]], torch.tensor(3.0), ids=torch.tensor([4, 5, 4]))
    # Each of the two copies of item 4 meets item 5 only; item 5 meets both.
    one, other = (a @ b.T * 3)[:2, :2], (b @ a.T * 3)[:2, :2]
    by_hand = sum(
        2 * (each[0].logsumexp(0) - each[0, 0]) + (each[1, [0, 0, 1]].logsumexp(0) - each[1, 1])
        for each in (one, other)
    )
    assert float(again) == pytest.approx(float(by_hand) / 6, abs=1e-5)
    assert float(alone) != pytest.approx(float(again), abs=1e-3)


def test_sampled_softmax_over_everything_is_the_full_one():
    """Each negative drawn once, with even chances: the same sum, the positive in it once."""
    a, table, target = rows(4), rows(9, 1), torch.tensor([0, 3, 3, 8])
    log_q = torch.full((9,), -math.log(9))
    full = full_softmax(a, table, target, torch.tensor(5.0))
    sampled = sampled_softmax(a, table, target, torch.arange(9), log_q, torch.tensor(5.0))
    assert float(sampled) == pytest.approx(float(full), abs=1e-5)


def test_the_full_softmax_in_bfloat16_points_where_that_in_float32_does():
    a, table, target = rows(700), rows(900, 1), torch.arange(700)
    found = []
    for half in (False, True):
        given = [each.clone().requires_grad_() for each in (a, table, torch.tensor(9.0))]
        with torch.autocast("cpu", torch.bfloat16, enabled=half):
            loss = full_softmax(given[0], given[1], target, given[2])
        assert loss.dtype == torch.float32
        found.append([loss.detach(), *torch.autograd.grad(loss, given)])
    for exact, rounded in zip(*found, strict=True):
        assert float((exact - rounded).norm() / exact.norm()) < 0.01
    assert float((found[0][1] - found[1][1]).norm()) > 0  # autocast was heard


def test_correction_makes_drawing_by_popularity_unbiased():
    """One that is drawn a hundred times as often would else be pushed away a hundred times as hard."""
    a, table, target = rows(1), rows(12, 1), torch.tensor([2])
    chance = torch.tensor([100.0] + [1.0] * 11) / 111
    drawn = torch.multinomial(chance, 60_000, True, generator=torch.Generator().manual_seed(0))
    table.requires_grad_()
    scale = torch.tensor(3.0)

    def pushed(log_q: torch.Tensor) -> float:
        loss = sampled_softmax(a, table, target, drawn, log_q - math.log(1 / len(drawn)), scale)
        return float(torch.autograd.grad(loss, table)[0][0].norm())

    wanted = float(torch.autograd.grad(full_softmax(a, table, target, scale), table)[0][0].norm())
    assert pushed(chance.log()) == pytest.approx(wanted, rel=0.1)
    assert pushed(torch.full((12,), -math.log(12))) > 2 * wanted


def test_a_temperature_comes_back_from_its_bound():
    tau = Temperature()
    optimiser = torch.optim.SGD(tau.parameters(), lr=10)
    for sign in (-1, 1):  # far out, then back
        optimiser.zero_grad()
        (sign * tau()).backward()
        optimiser.step()
        tau.keep()
        assert 0.00999 < tau.tau < 1.001
    assert tau.tau > 0.9


@pytest.mark.parametrize("name", FUSIONS)
def test_a_missing_part_takes_no_part(name):
    torch.manual_seed(0)
    fusion = FUSIONS[name](3, 6)
    parts, mask = rows(12).reshape(4, 3, 6), torch.tensor([[1, 1, 1], [1, 0, 1], [0, 0, 1], [0, 0, 0]]).bool()
    fused, weights = fusion(parts, mask)
    changed = torch.where(mask.unsqueeze(-1), parts, 7.0)
    torch.testing.assert_close(fusion(changed, mask)[0], fused)
    assert (weights[~mask] == 0).all()
    torch.testing.assert_close(weights.sum(1), torch.tensor([1.0, 1, 1, 0]))
