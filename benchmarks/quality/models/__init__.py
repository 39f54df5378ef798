"""Models by name, simplest first."""

from benchmarks.quality.models.content import CONTENT
from benchmarks.quality.models.factors import BPR, IALS
from benchmarks.quality.models.itemknn import ITEMKNN
from benchmarks.quality.models.linear import LINEAR
from benchmarks.quality.models.model import Model
from benchmarks.quality.models.ours import OURS
from benchmarks.quality.models.popularity import POPULARITY
from benchmarks.quality.models.sasrec import SASREC
from benchmarks.quality.models.vbpr import VBPR_MODEL

MODELS: dict[str, Model] = {
    model.name: model for model in (POPULARITY, ITEMKNN, IALS, BPR, VBPR_MODEL, SASREC, *LINEAR, CONTENT, *OURS)
}
