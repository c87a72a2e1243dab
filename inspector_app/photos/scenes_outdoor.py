"""Entrances, markets and works in the open air; never a face."""

from inspector_app.photos.brush import Canvas, Colour, tint
from inspector_app.photos.furniture import (
    BLUE,
    DARK,
    GREEN,
    RED,
    STEEL,
    WHITE,
    WOOD,
    YELLOW,
    Room,
    barrier,
    bottle,
    carton,
    ground,
    lamps,
    marks,
    poster,
    room,
    sign,
    table,
    thermometer,
    window,
)

FRONTS: tuple[Colour, ...] = ((206, 196, 180), (190, 198, 204), (212, 190, 166), (178, 186, 176))


def _houses(c: Canvas, z: float) -> None:
    x = -30.0
    while x < 30:
        wide, high = c.chance.uniform(5, 9), c.chance.uniform(7, 17)
        colour = tint(c.chance.choice(FRONTS), 0.98)
        c.panel((x, x + wide), (0, high), z, colour)
        for floor in range(1, int(high / 3)):
            for i in range(int(wide / 1.8)):
                left = x + 0.5 + i * 1.8
                c.panel((left, left + 1.0), (floor * 3, floor * 3 + 1.4), z, (128, 150, 166))
        x += wide + c.chance.uniform(0, 1.5)


def gate(c: Canvas) -> None:
    """The entrance with thermometer, register and boom."""
    ground(c, (142, 140, 134))
    _houses(c, 34)
    colour = c.chance.choice(FRONTS)
    c.shadow((-4.4, 4.4), (7.2, 8.2), 60)
    for side in (-1, 1):
        inner, outer = side * 2.6, side * 4.2
        c.box((min(inner, outer), max(inner, outer)), (0, 3.6), (7.6, 8.6), colour)
    c.box((-4.6, 4.6), (3.5, 4.3), (7.4, 8.6), tint(colour, 0.9))
    sign(
        c,
        (-2.6, 2.6),
        (3.6, 4.2),
        7.38,
        (c.chance.choice(("入場請測溫戴口罩", "來訪人員請登記", "封閉管理 出示憑證")), RED),
    )
    window(c, (3.0, 3.8), (1.2, 2.2), 7.58)
    poster(c, (-3.8, -2.9), (1.2, 2.5), 7.58, ("健康提示", BLUE))
    marks(c, 0.1, (3.4, 7.0))
    barrier(c, (-2.4, 0.6), 6.4)
    table(c, (1.1, 2.5), (4.3, 4.9), (0.75, WOOD))
    c.box((1.3, 1.75), (0.75, 0.77), (4.4, 4.7), WHITE)
    bottle(c, 2.1, 0.75, 4.45, GREEN)
    bottle(c, 2.28, 0.75, 4.5, BLUE)
    thermometer(c, -1.1, 4.4, f"{c.chance.uniform(36.1, 36.9):.1f}℃")


def market(c: Canvas) -> None:
    """A lane between fabric stalls, entries counted."""
    r = Room(4.6, 4.4, 22, (200, 196, 188), (150, 146, 140), 0.8)
    room(c, r)
    lamps(c, r, 2.8)
    palette = (
        (180, 64, 80),
        (70, 110, 170),
        (220, 180, 90),
        (90, 150, 120),
        (150, 110, 170),
        (220, 220, 214),
        (60, 70, 90),
    )
    for z in (18.5, 15.5, 12.5, 9.5, 6.5, 3.8):
        for side in (-1, 1):
            _stall(c, side, z, palette)
    sign(c, (-1.6, 1.6), (3.3, 3.8), 10.0, ("一米線 · 限流 · 單向通行", BLUE))
    marks(c, 0, (2.4, 14.0))


def _stall(c: Canvas, side: int, z: float, palette: tuple[Colour, ...]) -> None:
    inner, outer = side * 2.0, side * 4.5
    x = (min(inner, outer), max(inner, outer))
    c.shadow(x, (z, z + 1.6), 70)
    c.box(x, (0, 0.8), (z, z + 1.4), (186, 170, 146))
    for i in range(6):
        at = x[0] + 0.1 + i * (x[1] - x[0] - 0.2) / 6
        colour = tint(c.chance.choice(palette), c.chance.uniform(0.85, 1.1))
        c.box((at, at + 0.36), (0.8, 0.8 + c.chance.uniform(0.2, 0.5)), (z + 0.1, z + 0.9), colour)
        c.panel((at, at + 0.34), (1.5, 2.5), z + 1.3, tint(colour, 0.85))
    c.box(x, (2.55, 2.95), (z, z + 0.15), tint(c.chance.choice(palette), 0.9))
    number = f"{'AB'[side > 0]}{c.chance.randint(100, 399)}"
    c.writing(((x[0] + x[1]) / 2, 2.75, z), 0.24, number, WHITE)


def building_site(c: Canvas) -> None:
    """A works entrance: hoarding, tower crane, containers, washing place for wheels."""
    ground(c, (158, 142, 118))
    _houses(c, 44)
    _crane(c, c.chance.choice((-9.0, 10.0)), 55)
    c.panel((-9, 2), (0, 12), 26, (150, 148, 140))
    for level in range(1, 5):
        c.panel((-9, 2), (level * 2.8, level * 2.8 + 0.35), 26, (120, 118, 112))
        for i in range(6):
            c.panel((-8.7 + i * 1.8, -7.3 + i * 1.8), (level * 2.8 - 2.2, level * 2.8 - 0.2), 26, (84, 88, 92))
    for i in range(12):
        x = -10.8 + i * 1.8
        if not -2.4 < x < 1.8:
            c.box((x, x + 1.78), (0, 2.4), (11, 11.1), GREEN if i % 2 else tint(GREEN, 1.12))
    for side in (-2.5, 2.7):
        c.box((side - 0.3, side + 0.3), (0, 3.4), (10.6, 11.2), (200, 190, 172))
    sign(c, (-2.6, 2.8), (3.4, 4.1), 10.6, ("實名進場 · 測溫登記", RED))
    for i in range(2):
        c.shadow((4.0, 7.2), (8.0, 9.8), 60)
        c.box((4.0, 7.2), (i * 1.9, i * 1.9 + 1.8), (8.0, 9.8), (222, 226, 228))
        window(c, (4.5, 5.3), (i * 1.9 + 0.7, i * 1.9 + 1.4), 7.98)
        c.panel((6.0, 6.7), (i * 1.9, i * 1.9 + 1.5), 7.98, BLUE)
    barrier(c, (-2.0, 2.2), 9.4)
    thermometer(c, -0.6, 5.2, f"{c.chance.uniform(36.1, 36.9):.1f}℃")
    for i in range(4):
        carton(c, (-4.6 + i * 0.6, -4.05 + i * 0.6), (0, 0.45), (6.2, 6.7))


def _crane(c: Canvas, x: float, z: float) -> None:
    for i in range(11):
        low = i * 2.0
        c.line((x - 0.7, low, z), (x - 0.7, low + 2, z), YELLOW, 0.2)
        c.line((x + 0.7, low, z), (x + 0.7, low + 2, z), YELLOW, 0.2)
        c.line((x - 0.7, low, z), (x + 0.7, low + 2, z), YELLOW, 0.14)
    c.line((x - 6, 21, z), (x + 14, 21, z), YELLOW, 0.3)
    c.line((x, 24, z), (x + 12, 21, z), YELLOW, 0.12)
    c.line((x, 24, z), (x - 6, 21, z), YELLOW, 0.12)
    c.line((x + 9, 21, z), (x + 9, 12, z), DARK, 0.08)


def delivery(c: Canvas) -> None:
    """Shelves by the gate where parcels wait, no courier inside."""
    ground(c, (150, 148, 142))
    _houses(c, 30)
    c.panel((-7, 7), (0, 3.8), 8.5, c.chance.choice(FRONTS))
    c.box((-7, 7), (3.6, 4.0), (7.4, 8.5), (120, 126, 132))
    sign(c, (-2.4, 2.4), (2.75, 3.3), 8.45, ("快遞外賣自取點", BLUE))
    z = 6.8
    c.shadow((-2.6, 2.6), (z - 0.1, z + 0.5), 80)
    for level in (0.1, 0.62, 1.14):
        c.box((-2.6, 2.6), (level - 0.05, level), (z, z + 0.45), STEEL)
        x = -2.5
        while x < 2.1:
            wide = c.chance.uniform(0.25, 0.5)
            if c.chance.random() < 0.75:
                carton(c, (x, x + wide), (level, level + c.chance.uniform(0.18, 0.4)), (z + 0.05, z + 0.4))
            x += wide + 0.08
    for x in (-2.6, 0.0, 2.6):
        c.panel((x - 0.03, x + 0.03), (0, 1.6), z, tint(STEEL, 0.7))
    marks(c, 0, (3.0, 6.2))
    c.post(3.2, (0, 0.6), 6.4, (0.22, YELLOW))
