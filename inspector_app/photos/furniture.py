"""Things that stand in the drawn pictures: rooms, tables, shelves, doors, posters, lamps. Sizes in metres."""

from dataclasses import dataclass

from inspector_app.photos.brush import EYE, Canvas, Colour, Span, blend, tint

WHITE: Colour = (238, 240, 238)
STEEL: Colour = (150, 158, 165)
DARK: Colour = (62, 66, 72)
RED: Colour = (196, 44, 40)
YELLOW: Colour = (232, 190, 46)
BLUE: Colour = (44, 98, 170)
GREEN: Colour = (58, 130, 84)
WOOD: Colour = (176, 134, 92)
BOARD: Colour = (196, 160, 116)


@dataclass(frozen=True)
class Room:
    """A box seen from inside; `tile` is the edge of a floor tile, 0 for a bare floor."""

    half: float
    height: float
    depth: float
    wall: Colour
    floor: Colour
    tile: float = 0.6


def room(c: Canvas, r: Room) -> None:
    """Floor, walls, ceiling, each a little darker with depth; a skirting and the joints of the tiles."""
    near, steps = 0.8, 14
    edges = [near + (r.depth - near) * (i / steps) ** 1.6 for i in range(steps + 1)]
    ceiling = blend(r.wall, (255, 255, 255), 0.5)
    for i, (a, b) in enumerate(zip(edges, edges[1:], strict=False)):
        light = 1.06 - 0.20 * i / steps
        c.quad([(-r.half, 0, a), (r.half, 0, a), (r.half, 0, b), (-r.half, 0, b)], tint(r.floor, light))
        top = [(-r.half, r.height, a), (r.half, r.height, a), (r.half, r.height, b), (-r.half, r.height, b)]
        c.quad(top, tint(ceiling, light))
        for side, share in ((-r.half, 0.95), (r.half, 0.88)):
            c.quad([(side, 0, a), (side, r.height, a), (side, r.height, b), (side, 0, b)], tint(r.wall, light * share))
            c.quad([(side, 0, a), (side, 0.12, a), (side, 0.12, b), (side, 0, b)], tint(r.floor, 0.62))
    c.panel((-r.half, r.half), (0, r.height), r.depth, tint(r.wall, 0.97))
    c.panel((-r.half, r.half), (0, 0.12), r.depth, tint(r.floor, 0.66))
    if r.tile:
        joints(c, (-r.half, r.half), (near, r.depth), (r.tile, tint(r.floor, 0.8)))


def joints(c: Canvas, x: Span, z: Span, look: tuple[float, Colour]) -> None:
    """A grid of lines on the floor; `look` is the spacing and the colour."""
    step, colour = look
    for i in range(int((x[1] - x[0]) / step) + 1):
        c.line((x[0] + i * step, 0, z[0]), (x[0] + i * step, 0, z[1]), colour, 0.004)
    for i in range(int((z[1] - z[0]) / step) + 1):
        c.line((x[0], 0, z[0] + i * step), (x[1], 0, z[0] + i * step), colour, 0.006)


def lamps(c: Canvas, r: Room, gap: float = 2.0) -> None:
    """Rows of ceiling lights."""
    z = r.depth - 0.6
    while z > 1.6:
        for x in (-r.half * 0.45, r.half * 0.45):
            y = r.height - 0.01
            c.quad([(x - 0.5, y, z), (x + 0.5, y, z), (x + 0.5, y, z - 0.3), (x - 0.5, y, z - 0.3)], (254, 254, 250))
        z -= gap


def table(c: Canvas, x: Span, z: Span, look: tuple[float, Colour]) -> None:
    """A table; `look` is its height and colour."""
    height, colour = look
    c.shadow(x, z, 55)
    for leg_z in (z[1] - 0.06, z[0]):
        for leg_x in (x[0] + 0.04, x[1] - 0.04):
            c.panel((leg_x - 0.025, leg_x + 0.025), (0, height), leg_z, DARK)
    c.box(x, (height - 0.05, height), z, colour)


def stool(c: Canvas, x: float, z: float, colour: Colour) -> None:
    """A round plastic stool."""
    c.shadow((x - 0.12, x + 0.12), (z, z + 0.2), 45)
    c.quad([(x - 0.15, 0, z), (x + 0.15, 0, z), (x + 0.12, 0.42, z), (x - 0.12, 0.42, z)], tint(colour, 0.8))
    c.disc((x, 0.43, z), (0.17, 0.05), colour)


def bottle(c: Canvas, x: float, y: float, z: float, colour: Colour) -> None:
    """A spray bottle of disinfectant with its label."""
    c.post(x, (y, y + 0.2), z, (0.045, colour))
    c.panel((x - 0.043, x + 0.034), (y + 0.05, y + 0.13), z, WHITE)
    c.panel((x - 0.012, x + 0.012), (y + 0.2, y + 0.26), z, tint(colour, 0.7))
    c.panel((x - 0.05, x + 0.015), (y + 0.25, y + 0.28), z, tint(colour, 0.6))


def carton(c: Canvas, x: Span, y: Span, z: Span) -> None:
    """A cardboard box with tape and label."""
    colour = tint(BOARD, c.chance.uniform(0.86, 1.06))
    c.box(x, y, z, colour)
    middle, high = (x[0] + x[1]) / 2, (y[1] - y[0])
    c.panel((middle - 0.02, middle + 0.02), y, z[0], tint(colour, 0.86))
    c.panel((x[0] + 0.03, middle - 0.05), (y[0] + high * 0.3, y[0] + high * 0.6), z[0], tint(WHITE, 0.95))


def door(c: Canvas, x: Span, z: float, colour: Colour) -> None:
    """A closed door with frame, glass and handle in a wall that faces the camera."""
    c.panel((x[0] - 0.07, x[1] + 0.07), (0, 2.17), z, tint(colour, 0.7))
    c.panel(x, (0, 2.1), z, colour)
    c.panel((x[0] + 0.2, x[1] - 0.2), (1.35, 1.85), z, (176, 200, 210))
    c.panel((x[1] - 0.14, x[1] - 0.06), (0.95, 1.02), z, STEEL)


def window(c: Canvas, x: Span, y: Span, z: float) -> None:
    """A bright window with frame; the sky pales towards the bottom."""
    c.panel((x[0] - 0.06, x[1] + 0.06), (y[0] - 0.06, y[1] + 0.06), z, WHITE)
    for i in range(8):
        low = y[0] + (y[1] - y[0]) * i / 8
        c.panel(x, (low, low + (y[1] - y[0]) / 8), z, blend((232, 238, 232), (172, 206, 236), i / 7))
    middle = (x[0] + x[1]) / 2
    c.panel((middle - 0.025, middle + 0.025), y, z, WHITE)
    c.glow((x[0] - 0.8, x[1] + 0.8), (y[0] - 0.8, y[1] + 0.5), z)


def sign(c: Canvas, x: Span, y: Span, z: float, look: tuple[str, Colour]) -> None:
    """A plate with words that fill it; `look` is the text and the plate's colour."""
    text, colour = look
    c.panel((x[0] - 0.02, x[1] + 0.02), (y[0] - 0.02, y[1] + 0.02), z, tint(colour, 0.7))
    c.panel(x, y, z, colour)
    size = min((y[1] - y[0]) * 0.62, (x[1] - x[0]) * 0.92 / max(1, len(text)))
    ink = DARK if sum(colour) > 480 else WHITE
    c.writing(((x[0] + x[1]) / 2, (y[0] + y[1]) / 2, z), size, text, ink)


def poster(c: Canvas, x: Span, y: Span, z: float, look: tuple[str, Colour]) -> None:
    """A notice: coloured head with a title, lines of small print, one drawing."""
    title, colour = look
    high, wide = y[1] - y[0], x[1] - x[0]
    c.panel((x[0] - 0.012, x[1] + 0.012), (y[0] - 0.012, y[1] + 0.012), z, (196, 196, 190))
    c.panel(x, y, z, (248, 247, 240))
    c.panel(x, (y[1] - high * 0.2, y[1]), z, colour)
    c.writing(((x[0] + x[1]) / 2, y[1] - high * 0.1, z), min(high * 0.12, wide * 0.85 / len(title)), title, WHITE)
    c.disc((x[0] + wide * 0.25, y[0] + high * 0.6, z), (wide * 0.14, wide * 0.14), blend(colour, WHITE, 0.45))
    for i in range(8):
        low = y[0] + high * (0.07 + 0.085 * i)
        start = x[0] + wide * (0.45 if i > 3 else 0.08)
        end = x[1] - wide * c.chance.uniform(0.08, 0.3)
        c.panel((start, end), (low, low + high * 0.028), z, (150, 154, 158))


def barrier(c: Canvas, x: Span, z: float, y: float = 0.9) -> None:
    """A red and white boom on two feet."""
    pieces = 8
    step = (x[1] - x[0]) / pieces
    c.shadow(x, (z, z + 0.15), 40)
    for foot in (x[0] + 0.1, x[1] - 0.1):
        c.panel((foot - 0.03, foot + 0.03), (0, y), z, STEEL)
    for i in range(pieces):
        c.panel((x[0] + i * step, x[0] + (i + 1) * step), (y - 0.06, y + 0.06), z, RED if i % 2 else WHITE)


def thermometer(c: Canvas, x: float, z: float, reading: str) -> None:
    """An infrared camera on a tripod with a lit display."""
    c.shadow((x - 0.3, x + 0.3), (z - 0.2, z + 0.2), 45)
    for foot in (-0.34, 0.0, 0.34):
        c.line((x + foot, 0, z - abs(foot) * 0.3), (x, 1.0, z), DARK, 0.03)
    c.panel((x - 0.02, x + 0.02), (0.95, 1.22), z, DARK)
    c.box((x - 0.2, x + 0.2), (1.2, 1.46), (z, z + 0.12), (76, 84, 92))
    c.panel((x - 0.16, x + 0.16), (1.25, 1.42), z, (16, 40, 30))
    c.writing((x, 1.335, z), 0.1, reading, (120, 246, 150))


def plant(c: Canvas, x: float, z: float) -> None:
    """A pot with leaves."""
    c.shadow((x - 0.2, x + 0.2), (z, z + 0.3))
    c.post(x, (0, 0.35), z, (0.17, (170, 96, 70)))
    for _ in range(16):
        tip = (x + c.chance.uniform(-0.4, 0.4), c.chance.uniform(0.6, 1.25), z)
        c.line((x, 0.36, z), tip, tint(GREEN, c.chance.uniform(0.6, 1.2)), 0.05)


def marks(c: Canvas, x: float, z: Span, gap: float = 1.0) -> None:
    """Waiting lines on the floor, one metre apart."""
    at = z[0]
    while at <= z[1]:
        c.quad([(x - 0.45, 0, at), (x + 0.45, 0, at), (x + 0.45, 0, at + 0.09), (x - 0.45, 0, at + 0.09)], YELLOW)
        at += gap


def ground(c: Canvas, colour: Colour, sky: Colour = (176, 206, 232)) -> None:
    """Outdoors: sky paling to the horizon, ground darkening with distance."""
    far = 60.0
    for i in range(16):
        low, high = EYE + i * 3.0, EYE + (i + 1) * 3.0 + 0.1
        c.panel((-60, 60), (low, high), far, blend((236, 238, 234), sky, min(1.0, i / 9)))
    edges = [0.8 * 1.36**i for i in range(15)]
    for i, (a, b) in enumerate(zip(edges, edges[1:], strict=False)):
        c.quad([(-50, 0, a), (50, 0, a), (50, 0, b), (-50, 0, b)], tint(colour, 1.08 - 0.018 * i))
