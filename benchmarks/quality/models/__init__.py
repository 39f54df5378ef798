"""Models by name, simplest first."""

from benchmarks.quality.models.bpr import BPR_MODEL, VBPR_MODEL
from benchmarks.quality.models.content import CONTENT
from benchmarks.quality.models.ials import IALS
from benchmarks.quality.models.itemknn import ITEMKNN
from benchmarks.quality.models.linear import LINEAR
from benchmarks.quality.models.model import Model
from benchmarks.quality.models.ours import OURS
from benchmarks.quality.models.popularity import POPULARITY
from benchmarks.quality.models.sasrec import SASREC

MODELS: dict[str, Model] = {
    model.name: model for model in (POPULARITY, ITEMKNN, IALS, BPR_MODEL, VBPR_MODEL, SASREC, *LINEAR, CONTENT, *OURS)
}
