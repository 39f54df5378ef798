"""A folder made into a `TrainingSet` on disk, where the process of a fit reads it."""

import shutil
import tempfile
from dataclasses import astuple, dataclass, replace
from pathlib import Path

from benchmarks.quality import features, reading, splitting
from benchmarks.quality.keeping import cache, digest_of
from benchmarks.quality.splitting import Cut, training_set
from mmrec_app.encoders import IMAGE_DEFAULT, TEXT_DEFAULT
from mmrec_app.training import data as training_data
from mmrec_app.training.data import TrainingSet

READ = ("items.parquet", "interactions.parquet", "images.tar", "features/*.npy")


@dataclass(frozen=True)
class Prepared:
    """`name` is what the set is called in results; `key` is one for one content."""

    name: str
    key: str
    folder: Path

    def load(self) -> TrainingSet:
        return TrainingSet.load(self.folder)


def prepare(folder: Path, cut: Cut, title: str = "") -> Prepared:
    """Reads, cuts and encodes unless that was done before. The set is called `title`, or as its folder."""
    folder = folder.resolve()
    files = sorted(path for pattern in READ for path in folder.glob(pattern))
    code = [Path(module.__file__ or "") for module in (reading, splitting, features, training_data)]
    made_of = digest_of(*files, *code, *astuple(cut), TEXT_DEFAULT.identity, IMAGE_DEFAULT.identity)
    target = cache() / "sets" / f"{folder.name}-{made_of}"
    if not target.exists():
        _write(folder, cut, target)
    key = f"{folder.name}-{digest_of(*sorted(target.glob('training_set.*')))}"
    return Prepared(named(title or folder.name, cut), key, target)


def named(title: str, cut: Cut) -> str:
    """The title, and what was done to the set where that is not the usual."""
    done = [f"split={cut.by}"] if cut.by != "given" else []
    done += [f"cold={cut.cold:g}"] if cut.cold else []
    done += [f"sample={cut.sample}"] if cut.sample else []
    return " ".join([title, *done])


def _write(folder: Path, cut: Cut, target: Path) -> None:
    """Beside, then moved into place: a stopped run leaves nothing half-made."""
    record = reading.read_record(folder)
    made = training_set(record, cut)
    given = features.features(folder, record.items)
    made = replace(made, features=given.plain, views=given.views, modalities=given.modalities)
    target.parent.mkdir(parents=True, exist_ok=True)
    fresh = Path(tempfile.mkdtemp(dir=target.parent))
    try:
        made.save(fresh)
        fresh.rename(target)
    except BaseException:
        shutil.rmtree(fresh, ignore_errors=True)
        raise
