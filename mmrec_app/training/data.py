"""What training reads: histories, encoder outputs, and what is held out of them. Arrays only; items are rows 0…N-1."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
import scipy.sparse as sp
from numpy.typing import NDArray
from safetensors.numpy import load_file, save_file

Ints = NDArray[np.int64]
Floats = NDArray[np.float32]


@dataclass(frozen=True)
class Ragged:
    """Lists of item rows of different length: `values[offsets[i]:offsets[i + 1]]` is list i.

    Beside the values may stand what was done (`kinds`, an index into `TrainingSet.kind_names`) and when (`days` before
    some common day); beside the lists, from when each is looked at (`until`, before the same day).
    """

    offsets: Ints
    values: Ints
    kinds: NDArray[np.int8] | None = None
    days: Floats | None = None
    until: Floats | None = None

    def __len__(self) -> int:
        return len(self.offsets) - 1

    def __getitem__(self, index: int) -> Ints:
        return self.values[self.offsets[index] : self.offsets[index + 1]]

    def __iter__(self) -> Iterator[Ints]:
        return (self[i] for i in range(len(self)))

    @property
    def lengths(self) -> Ints:
        return np.diff(self.offsets)

    @property
    def owners(self) -> Ints:
        """The list that each value belongs to."""
        return np.repeat(np.arange(len(self)), self.lengths)

    @staticmethod
    def of(lists: Sequence[Sequence[int]]) -> "Ragged":
        offsets = np.concatenate([[0], np.cumsum([len(each) for each in lists])]).astype(np.int64)
        values = np.fromiter((value for each in lists for value in each), np.int64, count=int(offsets[-1]))
        return Ragged(offsets, values)

    @staticmethod
    def grouped(
        owners: Ints, values: Ints, count: int, kinds: NDArray[np.int8] | None = None, days: Floats | None = None
    ) -> "Ragged":
        """Lists of `values` by their owner 0…count-1; the order within an owner is kept."""
        order = np.argsort(owners, kind="stable")
        offsets = np.concatenate([[0], np.cumsum(np.bincount(owners, minlength=count))]).astype(np.int64)
        kinds, days = None if kinds is None else kinds[order], None if days is None else days[order]
        return Ragged(offsets, values[order].astype(np.int64), kinds, days)

    def followed_by(self, other: "Ragged") -> "Ragged":
        """List i of both, one after the other; kinds or days that one of them lacks are zeros there."""
        owners = np.concatenate([self.owners, other.owners])
        values = np.concatenate([self.values, other.values])
        kinds, days = (
            None if mine is None and its is None else np.concatenate([self.column(name), other.column(name)])
            for name, mine, its in (("kinds", self.kinds, other.kinds), ("days", self.days, other.days))
        )
        return Ragged.grouped(owners, values, len(self), kinds, days)

    def shuffled(self, rng: np.random.Generator) -> "Ragged":
        """The same lists, each in an order drawn at random."""
        order = rng.permutation(len(self.values))
        kinds, days = None if self.kinds is None else self.kinds[order], None if self.days is None else self.days[order]
        return Ragged.grouped(self.owners[order], self.values[order], len(self), kinds, days)

    def seen_from(self, later: "Ragged") -> "Ragged":
        """The same lists, looked at when the first of list i of `later` happens."""
        if self.days is None or later.days is None:
            return self
        until = np.zeros(len(self), np.float32)
        filled = later.lengths > 0
        until[filled] = later.days[later.offsets[:-1][filled]]
        return replace(self, until=until)

    def idle(self, lists: Ints) -> Floats:
        """(B,) days from the last of each of `lists` to when it is looked at; 0 where that is not known."""
        found = np.zeros(len(lists), np.float32)
        if self.days is not None and self.until is not None:
            filled = self.lengths[lists] > 0
            found[filled] = self.days[self.offsets[1:][lists[filled]] - 1] - self.until[lists[filled]]
        return np.maximum(found, 0)

    def column(self, name: str) -> np.ndarray:
        """`kinds` or `days`; zeros where there are none."""
        found = getattr(self, name)
        return np.zeros(len(self.values), np.float32 if name == "days" else np.int8) if found is None else found

    def matrix(self, columns: int) -> sp.csr_matrix:
        """(lists, columns) of ones where a value is in a list."""
        ones = np.ones(len(self.values), np.float32)
        made = sp.csr_matrix((ones, self.values, self.offsets), shape=(len(self), columns))
        made.sum_duplicates()
        made.data[:] = 1
        return made


SPLITS = ("train", "valid", "test")


@dataclass(frozen=True)
class TrainingSet:
    """One catalogue with what happened on it.

    `train` holds each user's history, oldest first; `valid` and `test` are held-out items of the same users. `features`
    maps an encoder to (N, d) outputs, rows of NaN where an item has none; `views` to (V, N, d) outputs of augmented
    versions. `modalities` says which modality an encoder serves. Raises `ValueError` naming what does not fit together.
    """

    items: int
    train: Ragged
    valid: Ragged
    test: Ragged
    ordered: bool = True
    features: Mapping[str, Floats] = field(default_factory=dict)
    views: Mapping[str, Floats] = field(default_factory=dict)
    modalities: Mapping[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    kind_names: tuple[str, ...] = ("view",)

    def __post_init__(self) -> None:
        for name, rows in self.features.items():
            if len(rows) != self.items:
                raise ValueError(
                    f"features of {name!r} have {len(rows)} rows for {self.items} items; give one an item."
                )
            if (endless := np.isinf(rows).any(1)).any():
                row = int(endless.argmax())
                raise ValueError(
                    f"features of {name!r} are infinite in item row {row}; encode it again, or leave it NaN."
                )
        for name, views in self.views.items():
            if name not in self.features:
                raise ValueError(f"views are of {name!r}, which has no features; there are {sorted(self.features)}.")
            if views.shape[1:] != self.features[name].shape:
                raise ValueError(f"views of {name!r} are {views.shape}; a view is {self.features[name].shape}.")
        for name in SPLITS:
            self._check(name, getattr(self, name))

    def _check(self, name: str, given: Ragged) -> None:
        if len(given) != len(self.train):
            raise ValueError(f"{name} has {len(given)} users and train {len(self.train)}; give every user a list.")
        if len(outside := given.values[(given.values < 0) | (given.values >= self.items)]):
            raise ValueError(f"{name} names item row {outside[0]}; rows are 0 to {self.items - 1}.")
        if (kind := int(given.column("kinds").max(initial=0))) >= max(len(self.kind_names), 1):
            raise ValueError(f"{name} names kind {kind}; kind_names are {', '.join(self.kind_names)}.")

    @property
    def users(self) -> int:
        return len(self.train)

    @property
    def unmet(self) -> Ints:
        """Rows of the items without any training event."""
        return np.flatnonzero(np.bincount(self.train.values, minlength=self.items) == 0)

    def asked(self, split: str) -> "Question":
        """What a model is asked on a split. Validation joins the history when test is scored, where there is an order;
        where there is none, it is only masked."""
        if split == "valid":
            return Question(self.train.seen_from(self.valid), self.train, self.valid)
        seen = self.train.followed_by(self.valid)
        return Question((seen if self.ordered else self.train).seen_from(self.test), seen, self.test)

    def save(self, folder: Path) -> None:
        """Writes `training_set.safetensors` and `training_set.json`."""
        folder.mkdir(parents=True, exist_ok=True)
        arrays: dict[str, np.ndarray] = {}
        for name in SPLITS:
            ragged: Ragged = getattr(self, name)
            arrays |= {f"{name}.{part}": rows for part, rows in vars(ragged).items() if rows is not None}
        arrays |= {f"features/{name}": np.ascontiguousarray(rows) for name, rows in self.features.items()}
        arrays |= {f"views/{name}": np.ascontiguousarray(rows) for name, rows in self.views.items()}
        save_file(arrays, folder / "training_set.safetensors")
        told = {
            "items": self.items,
            "ordered": self.ordered,
            "modalities": dict(self.modalities),
            "categories": list(self.categories),
            "kind_names": list(self.kind_names),
        }
        (folder / "training_set.json").write_text(json.dumps(told))

    @staticmethod
    def load(folder: Path) -> "TrainingSet":
        arrays = load_file(folder / "training_set.safetensors")
        told = json.loads((folder / "training_set.json").read_text())
        train, valid, test = (
            Ragged(
                arrays[f"{name}.offsets"],
                arrays[f"{name}.values"],
                arrays.get(f"{name}.kinds"),
                arrays.get(f"{name}.days"),
            )
            for name in SPLITS
        )
        return TrainingSet(
            told["items"],
            train,
            valid,
            test,
            ordered=told["ordered"],
            features={name.split("/", 1)[1]: rows for name, rows in arrays.items() if name.startswith("features/")},
            views={name.split("/", 1)[1]: rows for name, rows in arrays.items() if name.startswith("views/")},
            modalities=told["modalities"],
            categories=tuple(told["categories"]),
            kind_names=tuple(told["kind_names"]),
        )


@dataclass(frozen=True)
class Question:
    """Given each user's `history`, which of all items but the `seen` are in `targets`?"""

    history: Ragged
    seen: Ragged
    targets: Ragged

    @property
    def users(self) -> Ints:
        """Those with a held-out item."""
        return np.flatnonzero(self.targets.lengths)


def centred(rows: Floats) -> Floats:
    """(N, d) -> unit rows about their mean, zero where an item has none (NaN): what a content Gram is made of."""
    present = ~np.isnan(rows[:, 0])
    out = np.zeros(rows.shape, np.float32)
    given = rows[present].astype(np.float32)
    given /= np.maximum(np.linalg.norm(given, axis=1, keepdims=True), 1e-9)
    given -= given.mean(axis=0) if len(given) else 0
    out[present] = given / np.maximum(np.linalg.norm(given, axis=1, keepdims=True), 1e-9)
    return out
