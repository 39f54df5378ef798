"""What the trained towers answer, and who is asked."""

import numpy as np
import torch
from torch import Tensor

from mmrec_app.training.batches import asked
from mmrec_app.training.data import Floats, Ints, Ragged, TrainingSet
from mmrec_app.training.metrics import Scorer
from mmrec_app.training.model import Recommender


def validation_users(data: TrainingSet, most: int) -> Ints:
    """Those with an item held out for validation; `most` of them, always the same, where there are more."""
    return some(data.asked("valid").users, most)


def some(users: Ints, most: int) -> Ints:
    """All, or as many as `most`, always the same."""
    if len(users) > most:
        users = np.sort(np.random.default_rng(0).choice(users, most, replace=False))
    return users


def neural_scores(model: Recommender, history: Ragged) -> Scorer:
    """Cosines between users' interests and every item, the nearest interest counting."""
    vectors, _ = model.item_vectors()

    def scores(users: Ints) -> Floats:
        return score_users(model, vectors, history, users)

    return scores


@torch.no_grad()
def score_users(model: Recommender, vectors: Tensor, history: Ragged, users: Ints) -> Floats:
    """(B, N). A user without a history is answered with zeros."""
    interests = interests_of(model, vectors, history, users)  # (B, K, D)
    return torch.einsum("bkd,nd->bkn", interests, vectors).amax(1).cpu().numpy()


@torch.no_grad()
def interests_of(model: Recommender, vectors: Tensor, history: Ragged, users: Ints) -> Tensor:
    """(B, K, D) after the last event of each user's history."""
    device = vectors.device
    given = asked(history, users, model.config.history)
    items, kinds = (torch.from_numpy(each).to(device) for each in (given.items, given.kinds))
    days = None if given.days is None else torch.from_numpy(given.days).to(device)
    lengths = torch.from_numpy(given.lengths).to(device)
    states = model.users(vectors[items], kinds, days, lengths)
    last = states[torch.arange(len(users), device=device), (lengths - 1).clamp(min=0)]
    return last * (lengths > 0)[:, None, None]
