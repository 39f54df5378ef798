"""Lists: whose history, which sources, what may be shown now, and what was shown."""

from mmrec_app.recommend.engine import recommend, recommend_each
from mmrec_app.recommend.placements import PLACEMENTS, Placement
from mmrec_app.recommend.serve import recommended_list

__all__ = ["PLACEMENTS", "Placement", "recommend", "recommend_each", "recommended_list"]
