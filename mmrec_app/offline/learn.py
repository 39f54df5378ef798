"""A whole training in a worker: snapshot, training, vectors, judgement, activation. Every step can be resumed."""

import json
import logging
import shutil
from collections.abc import Callable, Iterator
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np
from django.db import InterfaceError, OperationalError, transaction
from django.utils import timezone
from django.utils.translation import gettext_noop
from safetensors.numpy import load_file, save_file

from mmrec_app.conf import conf
from mmrec_app.embeddings.generations import discard, store_artefact
from mmrec_app.exceptions import MmrecError
from mmrec_app.models import Generation
from mmrec_app.models.reasons import in_words
from mmrec_app.offline.gate import verdict
from mmrec_app.offline.judge import judge
from mmrec_app.offline.retrain import Cancelled, Lease, LeaseLost, Unable, release, take_up
from mmrec_app.offline.snapshot import take_snapshot
from mmrec_app.offline.store import Rows, catch_up, drop_old, snapshot_time, take_over, write
from mmrec_app.offline.tower import ITEM_TOWER
from mmrec_app.offline.trained import packed
from mmrec_app.offline.views import encode_missing_views
from mmrec_app.offline.working import ChildKilled, Heartbeat, folder_of, train_in_child
from mmrec_app.training import fit as artefacts
from mmrec_app.training.config import SettingError, TrainingConfig
from mmrec_app.training.data import TrainingSet

logger = logging.getLogger(__name__)

Tell = Callable[[dict[str, Any]], None]
SNAPSHOT = "snapshot.json"
"""Written last: with it, the snapshot is whole."""
IDS = "ids.safetensors"
TOO_FEW = gettext_noop("fewer than two visitors have met two items; there is nothing to learn from yet.")
ANEW = 3
"""Times that a training begins anew for people who were erased meanwhile: where that happens all the time, it is to end
nevertheless, and the next one knows nothing of them."""


def work(watch: Tell = lambda report: None) -> Generation | None:
    """Takes up the training that waits, if one does, and brings it to its end. `watch` gets its progress.

    Returns the generation: active, ready with the reason why it does not serve, or failed because it was cancelled.
    Raises what went wrong; the generation tells it too. When only the process was at fault (killed, told to stop, no
    database) the training waits for the next worker and goes on from its last epoch.
    """
    lease = take_up()
    if lease is None:
        return None
    generation = Generation.objects.get(number=lease.number)
    try:
        with Heartbeat(lease) as heart:
            Run(generation, lease, heart, watch).go()
    except Cancelled as cancelled:
        _fail(lease, generation, cancelled)
    except (LeaseLost, OperationalError, InterfaceError):
        raise
    except ChildKilled:
        lease.rows.update(lease_until=None, lease_token=None)
        raise
    except Exception as error:
        _fail(lease, generation, error)
        raise
    except BaseException:  # the worker is told to stop
        release(lease)
        raise
    return Generation.objects.get(number=lease.number)


def _fail(lease: Lease, generation: Generation, error: Exception) -> None:
    if lease.rows.exists():
        discard(generation, _reason(error))
        shutil.rmtree(folder_of(generation), ignore_errors=True)


def _reason(error: Exception) -> str:
    if isinstance(error, Unable):
        return error.kept
    return str(error) if isinstance(error, MmrecError) else f"{type(error).__name__}: {error}"


class Run:
    """The steps of one training. What a step leaves in `folder` or the database, the next worker finds there."""

    def __init__(self, generation: Generation, lease: Lease, heart: Heartbeat, watch: Tell) -> None:
        self.generation, self.lease, self.heart, self.watch = generation, lease, heart, watch
        self.folder = folder_of(generation)
        self.progress: dict[str, Any] = dict(generation.progress)
        self.anew = 0

    def go(self) -> None:
        """From the snapshot on again when somebody was erased whom it holds, though not for ever."""
        config = self._settings()
        while not self._done(config):
            self.anew += 1
            logger.info("generation %d begins anew: somebody whom it had learned from was erased", self.lease.number)
            self.progress = {}
            shutil.rmtree(self.folder, ignore_errors=True)
        shutil.rmtree(self.folder, ignore_errors=True)
        drop_old()

    def _done(self, config: TrainingConfig) -> bool:
        self.folder.mkdir(parents=True, exist_ok=True)
        if not (self.folder / SNAPSHOT).exists():
            self._encode_views(config)
            self._tell({"stage": "snapshot"})
            self._snapshot(config)
        if self._holds_erased():
            return False
        if not (self.folder / "run" / artefacts.REPORT).exists():
            self._tell({"stage": "training"})
            train_in_child(self.folder, conf().device, self.heart.check, self._tell)
            if self._holds_erased():
                return False
        data, item_ids = TrainingSet.load(self.folder), load_file(self.folder / IDS)["items"]
        self._tell({"stage": "storing"})
        self._store(data, item_ids)
        since = catch_up(self.generation, self._taken_at(), list(data.features))
        self._tell({"stage": "judging"})
        return self._decide(data, item_ids, since)

    def _holds_erased(self) -> bool:
        self.generation.refresh_from_db(fields=["config"])
        erased = self.generation.config.get("erased", [])
        return self.anew < ANEW and bool(np.isin(erased, load_file(self.folder / IDS)["visitors"]).any())

    def _settings(self) -> TrainingConfig:
        try:
            return TrainingConfig.from_dict(self.generation.config["settings"])
        except SettingError as error:
            raise Unable(error.sentence, **error.named) from error

    def _tell(self, report: dict[str, Any]) -> None:
        """Stored where the admin looks; raises when the work is to end."""
        self.heart.check()
        self.progress = {"log": self.progress.get("log", [])} | report
        self.lease.rows.update(progress=self.progress)
        self.watch(self.progress)

    def _encode_views(self, config: TrainingConfig) -> None:
        """Other versions of what is encoded, for the pairing of views."""
        if not config.augmentation or "views" not in config.pairings or conf().views == 0:
            return
        done = 0

        def told(count: int) -> None:
            nonlocal done
            done += count
            self._tell({"stage": "views", "encoded": done})

        self._tell({"stage": "views", "encoded": 0})
        encode_missing_views(told)

    def _snapshot(self, config: TrainingConfig) -> None:
        at = snapshot_time()
        snapshot = take_snapshot(at)
        if (snapshot.data.train.lengths >= 2).sum() < 2:
            raise Unable(TOO_FEW)
        snapshot.data.save(self.folder)
        save_file({"items": snapshot.item_ids, "visitors": snapshot.visitor_ids}, self.folder / IDS)
        (self.folder / "settings.json").write_text(json.dumps(config.to_dict()))
        (self.folder / SNAPSHOT).write_text(json.dumps({"at": at.isoformat()}))

    def _taken_at(self) -> datetime:
        return datetime.fromisoformat(json.loads((self.folder / SNAPSHOT).read_text())["at"])

    def _store(self, data: TrainingSet, item_ids: np.ndarray) -> None:
        report = json.loads((self.folder / "run" / artefacts.REPORT).read_text())
        self._store_artefacts(data, item_ids, report)
        self.heart.check()
        found = load_file(self.folder / "run" / artefacts.VECTORS)
        popular = artefacts.popular_signal(data)
        neighbours = _neighbours(self.folder / "run" / artefacts.NEIGHBOURS, item_ids)
        rows = Rows(item_ids, found["joint"], found["content"], popular, found["weights"], neighbours)
        write(self.generation, rows)

    def _store_artefacts(self, data: TrainingSet, item_ids: np.ndarray, report: dict[str, Any]) -> None:
        run, config = self.folder / "run", report["config"]
        onnx = (run / artefacts.USER_TOWER).read_bytes()
        met = np.bincount(data.train.values, minlength=data.items) > 0
        serving = {
            "kinds": report["kinds"],
            "slots": report["slots"],
            "history": config["history"],
            "recency": report["linear"]["recency"] if report["linear"] else None,
            "tower": store_artefact(self.generation, artefacts.USER_TOWER, onnx),
            "ranker": store_artefact(self.generation, artefacts.RANKER, (run / artefacts.RANKER).read_bytes()),
        }
        store_artefact(self.generation, ITEM_TOWER, packed(load_file(run / artefacts.ITEM_TOWER), item_ids, met))
        store_artefact(self.generation, artefacts.REPORT, (run / artefacts.REPORT).read_bytes())
        dimensions = {name: data.features[name].shape[1] for name in data.features}
        self.generation.refresh_from_db(fields=["config"])  # who was erased meanwhile is in it
        self.generation.config |= {
            "encoders": list(dimensions),
            "dimensions": dimensions,
            "items": data.items,
            "visitors": data.users,
            "events": len(data.train.values) + len(data.valid.values) + len(data.test.values),
            "serving": serving,
            "slots": report["slots"],
            "tower": {
                "encoders": list(dimensions.items()),
                "dimension": config["dimension"],
                "fusion": config["fusion"],
                "behaviour": config["behaviour"],
            },
        }
        self.generation.dimension, self.generation.blend = config["dimension"], report["blend"]
        fields = {name: getattr(self.generation, name) for name in ("config", "dimension", "blend")}
        self.lease.rows.update(**fields)

    def _decide(self, data: TrainingSet, item_ids: np.ndarray, since: datetime) -> bool:
        active = Generation.objects.get(state=Generation.State.ACTIVE)
        new, old = (judge(each, data, item_ids) for each in (self.generation, active))
        self.heart.check()
        found = verdict(new, old, active)
        metrics = new | {"active": old | {"generation": active.number}, "attention": self._attention(data)}
        told: dict[str, Any] = {
            "metrics": metrics,
            "finished_at": timezone.now(),
            "progress": self.progress | {"stage": "done"},
        }
        with transaction.atomic():
            mine = self.lease.rows
            if not mine.select_for_update().exists():
                raise LeaseLost(f"generation {self.lease.number} was taken over by another worker, or ended.")
            if self._holds_erased():
                return False
            self.generation.config.pop("erased", None)
            told["config"] = self.generation.config
            if found.serves:
                take_over(self.generation, since, list(data.features))
                Generation.objects.filter(number=self.lease.number).update(lease_until=None, **told)
            else:
                state = Generation.State.READY
                mine.update(state=state, reason=found.reason, placed_until=since, lease_until=None, **told)
        what = "is active" if found.serves else f"does not serve: {in_words(found.reason)}"
        logger.info("generation %d %s: %s", self.lease.number, what, metrics)
        return True

    def _attention(self, data: TrainingSet) -> dict[str, dict[str, float]]:
        """Main category -> slot -> how much it weighs in its items, in the mean; of several encoders of one modality,
        each under its own name."""
        weights = load_file(self.folder / "run" / artefacts.VECTORS)["weights"]  # (N, slots)
        main = np.array([category.split(" > ")[0] for category in data.categories])
        slots = self.generation.config["slots"]
        named = [*data.features, *slots[len(data.features) :]]
        slots = [slot if slots.count(slot) == 1 else name for slot, name in zip(slots, named, strict=True)]
        means = {name: weights[main == name].mean(axis=0) for name in sorted(set(main.tolist()))}
        return {
            name: {slot: round(float(value), 4) for slot, value in zip(slots, row, strict=True)}
            for name, row in means.items()
        }


def _neighbours(path: Path, item_ids: np.ndarray) -> Iterator[tuple[int, int, int, float]] | None:
    """None when the training made no linear model."""
    if not path.exists():
        return None
    found = load_file(path)
    return _rows(found["ids"], found["weights"], item_ids)


def _rows(ids: np.ndarray, weights: np.ndarray, item_ids: np.ndarray) -> Iterator[tuple[int, int, int, float]]:
    for row, (others, values) in enumerate(zip(ids, weights, strict=True)):
        item_id = int(item_ids[row])
        for rank in np.flatnonzero(values > 0):
            yield item_id, int(rank), int(item_ids[others[rank]]), float(values[rank])
