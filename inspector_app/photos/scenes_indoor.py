"""Rooms as inspectors photograph them: store, canteen, corridor, workshop and the like; never a face."""

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
    bottle,
    carton,
    door,
    joints,
    lamps,
    marks,
    plant,
    poster,
    room,
    sign,
    stool,
    table,
    window,
)

WALLS: tuple[Colour, ...] = ((226, 224, 214), (214, 222, 224), (224, 216, 204), (216, 224, 212))
FLOORS: tuple[Colour, ...] = ((168, 162, 152), (150, 156, 158), (178, 166, 148), (136, 142, 138))


def _room(c: Canvas, half: float, height: float, depth: float) -> Room:
    return Room(half, height, depth, c.chance.choice(WALLS), c.chance.choice(FLOORS))


def shelves(c: Canvas) -> None:
    """Masks, disinfectant and gloves on steel shelves."""
    r = _room(c, 2.6, 2.9, 4.6)
    room(c, r)
    lamps(c, r)
    z = 3.7
    c.shadow((-2.1, 2.1), (z - 0.1, z + 0.5), 80)
    c.panel((-2.0, 2.0), (0.1, 2.1), z + 0.45, tint(r.wall, 0.7))
    for level in (0.12, 0.66, 1.2, 1.74):
        c.box((-2.05, 2.05), (level - 0.04, level), (z, z + 0.45), STEEL)
        _stock(c, level, z + 0.06)
    for x in (-2.05, -0.68, 0.68, 2.05):
        c.panel((x - 0.03, x + 0.03), (0, 2.2), z, tint(STEEL, 0.7))
    sign(c, (-0.9, 0.9), (2.32, 2.62), z, ("防疫物資專櫃", BLUE))
    table(c, (0.7, 1.9), (2.2, 2.8), (0.75, WOOD))
    c.box((0.9, 1.3), (0.75, 0.78), (2.3, 2.6), WHITE)
    carton(c, (-1.9, -1.35), (0, 0.42), (2.2, 2.7))
    carton(c, (-1.85, -1.4), (0.42, 0.78), (2.25, 2.65))


def _stock(c: Canvas, level: float, z: float) -> None:
    x = -1.9
    while x < 1.75:
        kind = c.chance.random()
        if kind < 0.4:
            wide = c.chance.uniform(0.24, 0.34)
            carton(c, (x, x + wide), (level, level + c.chance.uniform(0.22, 0.4)), (z, z + 0.3))
            x += wide + 0.04
        elif kind < 0.72:
            colour = c.chance.choice((BLUE, GREEN, (230, 232, 236), YELLOW))
            for i in range(c.chance.randint(2, 4)):
                bottle(c, x + 0.06 + i * 0.12, level, z, colour)
            x += 0.52
        elif kind < 0.92:
            for i in range(c.chance.randint(1, 4)):
                c.box((x, x + 0.3), (level + i * 0.09, level + i * 0.09 + 0.08), (z, z + 0.2), (120, 176, 212))
                c.panel((x + 0.05, x + 0.25), (level + i * 0.09 + 0.02, level + i * 0.09 + 0.06), z, WHITE)
            x += 0.36
        else:
            x += 0.3


def canteen(c: Canvas) -> None:
    """Tables with one seat each, dividers and distance marks."""
    r = _room(c, 4.6, 3.1, 11.0)
    room(c, r)
    lamps(c, r, 2.2)
    for x in (-3.2, -0.8, 1.6):
        window(c, (x, x + 1.6), (1.1, 2.3), r.depth)
    sign(c, (-1.9, 1.9), (2.45, 2.85), r.depth - 0.1, ("錯峰就餐 · 不對坐 · 保持間距", GREEN))
    colour = c.chance.choice((BLUE, (210, 120, 60), GREEN))
    for z in (8.6, 6.8, 5.0, 3.3):
        for x in (-3.2, -1.1, 1.1, 3.2):
            table(c, (x - 0.55, x + 0.55), (z, z + 0.6), (0.74, (226, 222, 210)))
            c.panel((x - 0.5, x + 0.5), (0.74, 1.14), z + 0.3, (196, 214, 220))
            stool(c, x, z - 0.35, colour)
    marks(c, 0, (2.2, 9.0))


def corridor(c: Canvas) -> None:
    """A passage with doors; now and then something stands in the way of the exit."""
    r = _room(c, 1.35, 2.7, 10.0)
    room(c, r)
    lamps(c, Room(0.4, r.height, r.depth, r.wall, r.floor), 1.8)
    door(c, (-0.5, 0.5), r.depth, (128, 150, 150))
    sign(c, (-0.36, 0.36), (2.24, 2.42), r.depth - 0.05, ("安全出口", GREEN))
    for z in (8.2, 6.2, 4.2):
        for side in (-r.half, r.half):
            frame = [(side, 0, z), (side, 2.1, z), (side, 2.1, z - 1.0), (side, 0, z - 1.0)]
            c.quad(frame, c.chance.choice(((150, 112, 78), (132, 148, 156))))
            c.quad(
                [(side, 1.3, z - 0.3), (side, 1.8, z - 0.3), (side, 1.8, z - 0.7), (side, 1.3, z - 0.7)],
                (190, 208, 214),
            )
    c.box((r.half - 0.2, r.half - 0.02), (0.75, 1.3), (3.3, 3.55), RED)
    if c.chance.random() < 0.6:
        height = 0.0
        for _ in range(c.chance.randint(2, 4)):
            carton(c, (-1.2, -0.5), (height, height + 0.42), (4.4, 4.9))
            height += 0.42
        c.shadow((-1.25, -0.45), (4.3, 5.0), 80)
    c.quad([(-0.08, 0, 1.0), (0.08, 0, 1.0), (0.08, 0, 9.6), (-0.08, 0, 9.6)], YELLOW)


def notice_board(c: Canvas) -> None:
    """A board with the notices of the campaign."""
    r = Room(3.2, 3.0, 3.3, c.chance.choice(WALLS), c.chance.choice(FLOORS))
    room(c, r)
    c.panel((-1.75, 1.75), (0.78, 2.3), 3.24, (150, 158, 164))
    c.panel((-1.68, 1.68), (0.85, 2.04), 3.22, c.chance.choice(((64, 104, 90), (150, 60, 54), (60, 90, 130))))
    sign(c, (-1.1, 1.1), (2.08, 2.28), 3.21, ("疫情防控宣傳欄", BLUE))
    titles = ["承諾書", "健康提示", "應急預案", "消毒記錄", "五個到位", "佩戴口罩"]
    c.chance.shuffle(titles)
    for i, title in enumerate(titles[: c.chance.randint(4, 6)]):
        x, y = -1.55 + (i % 3) * 1.07, 1.47 if i < 3 else 0.9
        colour = c.chance.choice((RED, BLUE, GREEN, (190, 110, 40)))
        slip = c.chance.uniform(-0.03, 0.03)
        poster(c, (x + slip, x + slip + 0.9), (y, y + 0.52), 3.2, (title, colour))
    plant(c, c.chance.choice((-2.2, 2.2)), 2.9)
    c.glow((-1.8, 1.8), (0.8, 2.6), 3.2)


def workshop(c: Canvas) -> None:
    """Rows of machines under lamps, lanes painted on the floor."""
    r = Room(6.0, 4.6, 16.0, (206, 212, 214), (112, 130, 122), 0)
    room(c, r)
    lamps(c, r, 2.6)
    for x in (-4.4, -1.4, 1.6):
        window(c, (x, x + 2.4), (2.4, 3.8), r.depth)
    colour = c.chance.choice(((84, 132, 110), (70, 110, 150), (140, 140, 132)))
    for edge in (-1.3, 1.3):
        c.quad([(edge - 0.06, 0, 1), (edge + 0.06, 0, 1), (edge + 0.06, 0, 15.5), (edge - 0.06, 0, 15.5)], YELLOW)
    for z in (13.0, 10.6, 8.2, 5.8, 3.6):
        for x in (-4.0, -2.5, 1.9, 3.4):
            _machine(c, x, z, colour)
    sign(c, (-2.2, 2.2), (3.9, 4.35), 9.0, ("測溫上崗 · 全程佩戴口罩", RED))


def _machine(c: Canvas, x: float, z: float, colour: Colour) -> None:
    c.shadow((x, x + 1.0), (z, z + 1.0), 70)
    c.box((x, x + 1.0), (0, 0.85), (z, z + 0.9), colour)
    c.box((x + 0.1, x + 0.6), (0.85, 1.35), (z + 0.3, z + 0.8), tint(colour, 1.15))
    c.panel((x + 0.18, x + 0.5), (0.98, 1.22), z + 0.3, (30, 52, 60))
    c.disc((x + 0.82, 0.62, z), (0.05, 0.05), RED)
    c.panel((x + 0.08, x + 0.7), (0.5, 0.72), z, tint(colour, 0.7))


def isolation_room(c: Canvas) -> None:
    """A bed, a window that opens, thermometer and masks at hand."""
    r = _room(c, 2.3, 2.8, 4.4)
    room(c, r)
    window(c, (-0.1, 1.5), (1.0, 2.2), r.depth)
    door(c, (-2.0, -1.15), r.depth, (206, 210, 204))
    sign(c, (-2.05, -1.1), (2.26, 2.5), r.depth - 0.05, ("隔離觀察室", RED))
    c.shadow((0.5, 2.2), (2.2, 4.1), 80)
    c.box((0.55, 2.15), (0.3, 0.5), (2.3, 4.1), (232, 234, 236))
    c.box((0.6, 2.1), (0.5, 0.6), (2.3, 3.6), c.chance.choice(((150, 190, 214), (170, 204, 180))))
    c.box((0.8, 1.9), (0.5, 0.66), (3.65, 4.0), WHITE)
    table(c, (-0.9, -0.1), (3.5, 4.0), (0.72, WHITE))
    bottle(c, -0.72, 0.72, 3.55, BLUE)
    c.box((-0.5, -0.2), (0.72, 0.82), (3.6, 3.8), (130, 184, 216))
    c.post(-1.7, (0, 0.55), 2.7, (0.2, YELLOW))
    c.writing((-1.7, 0.3, 2.69), 0.075, "廢棄口罩", DARK)


def washroom(c: Canvas) -> None:
    """Basins, mirrors, soap; the six steps on the wall."""
    r = Room(2.6, 2.8, 3.6, (226, 232, 232), (140, 148, 152), 0.4)
    room(c, r)
    joints(c, (-r.half, r.half), (0.8, r.depth), (0.4, (124, 132, 136)))
    for x in (-1.7, -0.4, 0.9):
        c.panel((x, x + 1.0), (1.25, 2.15), r.depth - 0.02, (160, 172, 176))
        c.panel((x + 0.03, x + 0.97), (1.28, 2.12), r.depth - 0.02, (196, 212, 218))
        c.quad(
            [(x + 0.2, 1.28, 3.58), (x + 0.5, 1.28, 3.58), (x + 0.9, 2.12, 3.58), (x + 0.6, 2.12, 3.58)],
            (210, 224, 228),
        )
    c.box((-2.0, 2.0), (0.78, 0.86), (2.95, 3.5), (222, 220, 212))
    c.panel((-2.0, 2.0), (0.3, 0.78), 3.0, (150, 152, 150))
    for x in (-1.3, 0.0, 1.3):
        c.disc((x, 0.87, 3.15), (0.3, 0.07), (250, 252, 252))
        c.disc((x, 0.865, 3.15), (0.2, 0.04), (196, 204, 208))
        c.line((x, 0.86, 3.4), (x, 1.12, 3.4), STEEL, 0.04)
        c.line((x, 1.12, 3.4), (x, 1.1, 3.2), STEEL, 0.035)
        bottle(c, x + 0.42, 0.86, 3.3, c.chance.choice((GREEN, BLUE, (224, 150, 170))))
    poster(c, (-2.5, -1.95), (1.3, 2.1), 3.55, ("六步洗手", BLUE))
    c.shadow((-2.0, 2.0), (2.9, 3.5), 60)
    c.post(-2.1, (0, 0.5), 2.5, (0.2, tint(GREEN, 0.8)))


def office(c: Canvas) -> None:
    """Desks apart from one another, screens dark, windows open."""
    r = _room(c, 4.4, 2.8, 9.0)
    room(c, r)
    lamps(c, r)
    for x in (-3.9, -1.9, 0.1, 2.1):
        window(c, (x, x + 1.7), (0.9, 2.3), r.depth)
    for z in (7.2, 5.2, 3.3):
        for x in (-3.2, -0.6, 2.0):
            table(c, (x, x + 1.3), (z, z + 0.65), (0.74, tint(WOOD, 1.15)))
            c.panel((x + 0.35, x + 0.95), (0.86, 1.24), z + 0.35, DARK)
            c.panel((x + 0.38, x + 0.92), (0.89, 1.21), z + 0.35, (44, 56, 70))
            c.panel((x + 0.6, x + 0.7), (0.74, 0.87), z + 0.36, DARK)
            c.box((x + 0.45, x + 0.85), (0.74, 0.76), (z + 0.08, z + 0.2), (210, 212, 214))
            if c.chance.random() < 0.5:
                bottle(c, x + 1.15, 0.74, z + 0.2, BLUE)
    plant(c, -3.9, 7.8)
    sign(c, (-0.8, 0.8), (2.42, 2.68), 8.9, ("視頻會議優先", BLUE))


def exhibition(c: Canvas) -> None:
    """A large hall with white booths and counted entries."""
    r = Room(11, 7.5, 26, (212, 216, 220), (156, 160, 164), 0)
    room(c, r)
    lamps(c, r, 3.2)
    for z in (22.0, 17.0, 12.0, 7.5):
        for x in (-9.0, -5.6, 2.8, 6.2):
            colour = c.chance.choice((BLUE, GREEN, RED, (120, 90, 150), (210, 140, 50)))
            c.shadow((x, x + 2.8), (z, z + 2.4), 60)
            c.box((x, x + 2.8), (0, 2.5), (z + 2.0, z + 2.4), WHITE)
            c.box((x, x + 0.08), (0, 2.5), (z, z + 2.0), WHITE)
            c.box((x, x + 2.8), (2.3, 2.75), (z, z + 0.1), colour)
            c.box((x + 0.8, x + 2.0), (0, 0.95), (z + 0.4, z + 0.9), tint(colour, 1.3))
    c.quad([(-1.8, 0, 1), (1.8, 0, 1), (1.8, 0, 25), (-1.8, 0, 25)], (150, 50, 52))
    marks(c, 0, (2.4, 12.0), 1.5)
    sign(c, (-2.6, 2.6), (3.9, 4.7), 13.0, ("限流 · 單向通行", BLUE))
