"""What a training knows of its catalogue, on the device that trains."""

import numpy as np
import torch
from torch import Tensor, nn

from mmrec_app.training.data import Floats, TrainingSet


class Content(nn.Module):
    """The encoders' outputs as buffers, (N, d) each, missing rows zero, with (N, encoders) of what is `present`.

    `counted` (N,) is how many training events an item has, `met` (N,) which have any, `log_q` (N,) how likely an event
    is to be theirs.
    """

    present: Tensor
    counted: Tensor
    met: Tensor
    log_q: Tensor

    def __init__(self, data: TrainingSet, encoders: list[str]) -> None:
        super().__init__()
        self.encoders = encoders
        self.groups = [data.modalities.get(name, name) for name in encoders]
        self.viewed = [name in data.views for name in encoders]
        present = [torch.zeros(data.items, 0, dtype=torch.bool)]
        for index, name in enumerate(encoders):
            rows = torch.from_numpy(data.features[name]).float()
            present.append(~rows[:, :1].isnan())
            self.register_buffer(f"rows{index}", rows.nan_to_num(), persistent=False)
            if self.viewed[index]:
                self.register_buffer(f"views{index}", torch.from_numpy(data.views[name]).float(), persistent=False)
        self.register_buffer("present", torch.cat(present, 1), persistent=False)
        counted = torch.from_numpy(np.bincount(data.train.values, minlength=data.items))
        self.register_buffer("counted", counted, persistent=False)
        self.register_buffer("met", counted > 0, persistent=False)
        self.register_buffer("log_q", torch.from_numpy(popularity(data)).log(), persistent=False)

    def of(self, rows: Tensor) -> list[Tensor]:
        return [self.get_buffer(f"rows{index}")[rows] for index in range(len(self.encoders))]

    def another(self, rows: Tensor) -> list[Tensor]:
        """A random augmented view of each row where there are any; the plain content elsewhere."""
        found = []
        for index, plain in enumerate(self.of(rows)):
            if self.viewed[index]:
                views = self.get_buffer(f"views{index}")
                which = torch.randint(len(views), (len(rows),), device=rows.device)
                view = views[which, rows]
                plain = torch.where(view[:, :1].isnan(), plain, view.nan_to_num())
            found.append(plain)
        return found


def popularity(data: TrainingSet) -> Floats:
    """(N,) share of the events, smoothed by one."""
    counted = np.bincount(data.train.values, minlength=data.items).astype(np.float32) + 1
    return counted / counted.sum()
