"""What a training did, drawn from a shop's data: arrays in, PNGs out. Knows no Django. No web process loads it."""

from mmrec_app.figures.draw import Learned, draw_all

__all__ = ["Learned", "draw_all"]
