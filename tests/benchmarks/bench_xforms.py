"""Times the two forms of forms.md §10.1: 500 questions with 651 expressions, and a repeat of 200 instances."""

import statistics
import time
from datetime import datetime, timedelta, timezone

from inspector_app.xforms import Form, Session, load
from inspector_app.xforms.xpath.parser import parse

GROUPS, PER_GROUP, INSTANCES = 25, 20, 200
_ZONE = timezone(timedelta(hours=8))
_HEAD = (
    '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>bench</h:title>'
)


def now() -> datetime:
    """A frozen clock."""
    return datetime(2026, 11, 24, 9, 0, tzinfo=_ZONE)


def wide_form() -> str:
    """25 groups × 20 questions with relevance, constraints, filters and four calculations a group."""
    instance, binds, body = [], [], []
    for g in range(GROUPS):
        names = [f"q{g * PER_GROUP + i}" for i in range(PER_GROUP)]
        extra = [f"faults{g}", f"percent{g}", f"due{g}", f"total{g}"]
        instance.append(f"<g{g}>" + "".join(f"<{n}/>" for n in (*names, *extra)) + f"</g{g}>")
        body.append(f'<group ref="/data/g{g}"><label>Group {g}</label>')
        for i, name in enumerate(names):
            bind, control = _question(g, i, name, names)
            binds.append(bind)
            body.append(control)
        body.append("</group>")
        binds.extend(_calculations(g, names))
    options = "".join(f"<item><name>o{i}</name><label>Option {i}</label><sev>{i % 4}</sev></item>" for i in range(20))
    return (
        f'{_HEAD}<model><instance><data id="wide" version="1">{"".join(instance)}'
        "<meta><instanceID/></meta></data></instance>"
        f'<instance id="opts"><root>{options}</root></instance>{"".join(binds)}</model></h:head>'
        f"<h:body>{''.join(body)}</h:body></h:html>"
    )


def _question(g: int, i: int, name: str, names: list[str]) -> tuple[str, str]:
    path = f"/data/g{g}/{name}"
    relevant = ""
    if i in (5, 10, 15, 18):
        before = names[i - 1]
        test = f"/data/g{g}/{names[0]} &gt; 5" if i in (10, 18) else f"/data/g{g}/{before} != 'zz'"
        relevant = f' relevant="{test}"'
    if i == 0:
        rule = 'type="int" required="true()" constraint=". &gt;= 0 and . &lt; 1000"'
    elif i == 1:
        rule = 'type="date" constraint=". &lt;= today()"'
    elif i in (2, 3):
        rule = 'type="decimal" constraint=". &gt; -100"'
    elif i == 7:
        rule = 'type="binary"'
    elif i in (6, 8):
        rule = 'type="string"'
    else:
        rule = 'type="string" required="true()"'
    bind = f'<bind nodeset="{path}" {rule}{relevant}/>'
    if i == 8:
        return bind, (
            f'<select ref="{path}"><label>Pick <output value="/data/g{g}/{names[0]}"/></label>'
            f"<itemset nodeset=\"instance('opts')/root/item[sev &lt;= /data/g{g}/{names[0]} mod 4]\">"
            '<value ref="name"/><label ref="label"/></itemset></select>'
        )
    if i == 7:
        return bind, f'<upload ref="{path}" mediatype="image/*"><label>Photo</label></upload>'
    if rule.endswith('required="true()"') and "int" not in rule:
        yes_no = "".join(f"<item><label>{w}</label><value>{w}</value></item>" for w in ("yes", "no"))
        return bind, f'<select1 ref="{path}"><label>Question {name}</label>{yes_no}</select1>'
    return bind, f'<input ref="{path}"><label>Question {name}</label></input>'


def _calculations(g: int, names: list[str]) -> list[str]:
    base = f"/data/g{g}"
    yes_no = [n for i, n in enumerate(names) if i not in (0, 1, 2, 3, 6, 7, 8)]
    faults = " + ".join(f"if({base}/{n} = 'no', 1, 0)" for n in yes_no)
    before = f"/data/g{g - 1}/total{g - 1}" if g else "0"
    found = {
        f"faults{g}": faults,
        f"percent{g}": f"round(if({base}/faults{g} &gt; 0, 100 * {base}/faults{g} div {len(yes_no)}, 0), 1)",
        f"due{g}": f"format-date(date({base}/{names[1]} + 365), '%Y-%m-%d')",
        f"total{g}": f"{before} + {base}/faults{g} + {base}/{names[0]}",
    }
    return [f'<bind nodeset="{base}/{n}" type="string" calculate="{e}"/>' for n, e in found.items()]


def script(form_round: int) -> list[tuple[str, str]]:
    """Every question once; the two rounds answer differently."""
    values = {0: ("60", "10"), 1: ("2026-01-05", "2026-02-07"), 2: ("1.5", "2.5"), 3: ("1.5", "2.5")}
    values |= {6: ("first", "second"), 7: ("a.jpg", "b.jpg"), 8: ("o1 o4", "o0")}
    return [
        (f"/data/g{g}/q{g * PER_GROUP + i}", values.get(i, ("no", "yes"))[form_round])
        for g in range(GROUPS)
        for i in range(PER_GROUP)
    ]


def repeat_form() -> str:
    """One repeat with scoped and aggregate expressions."""
    rep = "/data/rep"
    binds = {
        "ok": 'type="string" required="true()"',
        "note": 'type="string"',
        "n": f'type="int" relevant="{rep}/ok = \'no\'" constraint=". &gt; 0"'.replace(f"{rep}/ok", " ../ok "),
        "pos": 'type="string" calculate="position(..)"',
        "score": 'type="string" calculate="if( ../ok  = \'no\',  ../n , 0)"',
        "last": f'type="string" calculate="indexed-repeat({rep}/score, {rep}, position(..) - 1)"',
    }
    fields = "".join(f"<{n}/>" for n in binds)
    lines = "".join(f'<bind nodeset="{rep}/{n}" {rule}/>' for n, rule in binds.items())
    yes_no = "".join(f"<item><label>{w}</label><value>{w}</value></item>" for w in ("yes", "no"))
    return (
        f'{_HEAD}<model><instance><data id="rep"><rep jr:template="">{fields}</rep><rep>{fields}</rep>'
        f"<sum/><bad/><meta><instanceID/></meta></data></instance>{lines}"
        f'<bind nodeset="/data/sum" type="string" calculate="sum({rep}/score[. != \'\'])"/>'
        f'<bind nodeset="/data/bad" type="string" calculate="count({rep}[ok = \'no\'])"/></model></h:head>'
        f'<h:body><group ref="{rep}"><label>R</label><repeat nodeset="{rep}">'
        f'<select1 ref="{rep}/ok"><label>ok</label>{yes_no}</select1><input ref="{rep}/note"><label>x</label></input>'
        f'<input ref="{rep}/n"><label>n</label></input></repeat></group></h:body></h:html>'
    )


def time_load(xml: bytes) -> tuple[Form, Session, float]:
    """Load and first Session, milliseconds."""
    start = time.perf_counter()
    form = load(xml)
    session = form.begin(now)
    return form, session, (time.perf_counter() - start) * 1000


def time_answers(session: Session, answers: list[tuple[str, str]]) -> list[float]:
    """Milliseconds of each answer."""
    taken = []
    for path, value in answers:
        start = time.perf_counter()
        session.set_answer(path, value)
        taken.append((time.perf_counter() - start) * 1000)
    return taken


def measure() -> list[tuple[str, float, float]]:
    """(what, milliseconds, target in milliseconds)."""
    wide = wide_form().encode()
    loads, answers = [], []
    for _ in range(5):
        parse.cache_clear()
        _, session, taken = time_load(wide)
        loads.append(taken)
        answers.append(statistics.mean(time_answers(session, script(0) + script(1))))
    start = time.perf_counter()
    shown = list(session.states())
    labels = (time.perf_counter() - start) * 1000
    _, repeats, _ = time_load(repeat_form().encode())
    start = time.perf_counter()
    for _ in range(INSTANCES - 1):
        repeats.add_repeat("/data/rep")
    adding = (time.perf_counter() - start) * 1000
    steps = [(f"/data/rep[{i}]/ok", "no") for i in range(1, INSTANCES + 1)]
    steps += [(f"/data/rep[{i}]/n", str(i)) for i in range(1, INSTANCES + 1)]
    taken_repeat = time_answers(repeats, steps)
    expected = str(sum(range(1, INSTANCES + 1)))
    if repeats.value("/data/sum") != expected or repeats.value("/data/bad") != str(INSTANCES):
        raise SystemExit("the repeat form computes wrongly")
    return [
        ("500 questions: load + Session (median of 5)", statistics.median(loads), 80.0),
        ("500 questions: an answer, mean over 1,000", statistics.median(answers), 0.1),
        (f"500 questions: states of {len(shown)} Nodes", labels, 50.0),
        ("200 instances: an answer, mean", statistics.mean(taken_repeat), 2.0),
        ("200 instances: an answer, worst", max(taken_repeat), 10.0),
        ("adding 199 instances", adding, 300.0),
    ]


def rows() -> list[tuple[str, str, str, str]]:
    """A table: what, milliseconds, bar, reached or not."""
    found = [
        (what, f"{took:.3f}", f"≤ {target:g}", "reached" if took <= target else "NOT REACHED")
        for what, took, target in measure()
    ]
    return [("what", "ms", "bar, ms", ""), *found]


if __name__ == "__main__":
    for row in rows():
        print(f"{row[0]:48} {row[1]:>10} {row[2]:>10}  {row[3]}")
