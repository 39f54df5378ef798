"""Simple shapes in plain colours, for shops of any kind."""

import io

from PIL import Image, ImageDraw

CHAIR = ((20, 10, 40, 140), (20, 70, 100, 85), (90, 70, 100, 140))


def picture(colour: str, kind: str) -> bytes:
    image = Image.new("RGB", (120, 150), "white")
    draw = ImageDraw.Draw(image)
    shapes = {
        "dress": lambda: draw.polygon([(50, 10), (70, 10), (110, 140), (10, 140)], fill=colour),
        "mug": lambda: draw.rounded_rectangle((20, 40, 90, 130), 12, fill=colour),
        "lamp": lambda: draw.ellipse((20, 30, 100, 110), fill=colour),
        "chair": lambda: [draw.rectangle(box, fill=colour) for box in CHAIR],
    }  # fmt: skip
    shapes[kind]()
    out = io.BytesIO()
    image.save(out, "PNG")
    return out.getvalue()
