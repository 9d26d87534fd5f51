"""The book's face: the 200 lines as bars, on the e-book, on paper and where others link to the book."""

import struct
import zlib
from pathlib import Path

from .pictures import on_paper, palette
from .poster import COLOURS

INK = "#24292f"


def stripes(app, left: float, top: float, wide: float, row: float) -> list[tuple[str, float, float, float, float]]:
    """A bar for each line: its colour, its corner and its size."""
    colours = palette(app)
    return [
        (colours[COLOURS[part.chapter - 1]], left + (len(line) - len(line.lstrip())) * wide, top + n * row, len(line.strip()) * wide, row * 0.66)
        for part in app.weave_parts
        for n, line in enumerate(app.weave_lines)
        if part.first <= n + 1 <= part.last and line.strip()
    ]


def cover(app) -> str:
    """For the e-book and for paper, two to three."""
    bars = "".join(
        f'<rect x="{x:.1f}" y="{y:.1f}" width="{width:.1f}" height="{height:.1f}" fill="{colour}"/>\n'
        for colour, x, y, width, height in stripes(app, 60, 210, 4.8, 3.2)
    )
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 600 900" width="1200" height="1800">\n'
        f'<rect width="600" height="900" fill="#fff"/>\n{bars}'
        f'<g font-family="TeX Gyre Heros, Helvetica, Arial, sans-serif" fill="{INK}">\n'
        f'<text x="60" y="112" font-size="54" font-weight="700">{app.config.project}</text>\n'
        '<text x="60" y="156" font-size="24">A GPT you can read</text>\n</g>\n</svg>\n'
    )


def png(width: int, height: int, ground: str, bars) -> bytes:
    """Rectangles as pixels: enough of a painter for what we draw, and nothing to install."""
    rgb = lambda colour: bytes.fromhex(colour.removeprefix("#") if len(colour) == 7 else "".join(2 * c for c in colour[1:]))
    rows = [bytearray(rgb(ground) * width) for _ in range(height)]
    for colour, x, y, wide, high in bars:
        left, right = round(x), min(width, round(x + wide))
        for row in rows[round(y) : max(round(y) + 1, round(y + high))]:
            row[3 * left : 3 * right] = rgb(colour) * (right - left)
    chunk = lambda kind, data: struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))
    pixels = zlib.compress(b"".join(b"\0" + row for row in rows), 9)
    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", pixels) + chunk(b"IEND", b"")


def social(app) -> bytes:
    """1200 by 630: two columns of a hundred lines."""
    bars = stripes(app, 40, 15, 5.4, 6)
    half = 100 * 6
    folded = [(colour, x + 580 * (y >= 15 + half), y - half * (y >= 15 + half), width, 4) for colour, x, y, width, _ in bars]
    return png(1200, 630, "#ffffff", folded)


def icon() -> bytes:
    """The icon of _static/favicon.svg, for telephones."""
    bars = [(6, 7, 16, 3), (9, 12, 17, 3), (9, 17, 11, 3), (6, 22, 7, 3)]
    return png(180, 180, "#005ba3", [("#ffffff", *(180 / 32 * size for size in bar)) for bar in bars])


def draw(app):
    static = Path(app.outdir) / "_static"
    if app.builder.name == "latex":
        on_paper(app.builder, "cover", cover(app), "")
    if app.builder.format == "html":
        static.mkdir(parents=True, exist_ok=True)
        (static / "cover.svg").write_text(cover(app))
    if app.builder.name == "html":
        (static / "cover.png").write_bytes(social(app))
        (static / "icon.png").write_bytes(icon())


def setup(app):
    app.connect("builder-inited", draw, priority=900)  # after the poster's lines are read
