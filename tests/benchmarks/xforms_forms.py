"""The two forms of forms.md §10.1, and what is answered in them: 500 questions with 651 expressions, 200 instances."""

GROUPS, PER_GROUP, INSTANCES = 25, 20, 200
_YES_NO = frozenset(range(PER_GROUP)) - {0, 1, 2, 3, 6, 7, 8}
_HEAD = (
    '<?xml version="1.0"?><h:html xmlns="http://www.w3.org/2002/xforms" xmlns:h="http://www.w3.org/1999/xhtml" '
    'xmlns:jr="http://openrosa.org/javarosa" xmlns:orx="http://openrosa.org/xforms"><h:head><h:title>bench</h:title>'
)
_META = '<bind nodeset="/data/meta/instanceID" type="string" readonly="true()" jr:preload="uid"/>'
_OPTIONS = '<value ref="name"/><label ref="label"/>'


def wide_form() -> str:
    """25 groups × 20 questions with relevance, constraints, filters and four calculations a group."""
    instance, binds, body = [], [], []
    for g in range(GROUPS):
        names = [f"q{g * PER_GROUP + i}" for i in range(PER_GROUP)]
        extra = [f"faults{g}", f"percent{g}", f"due{g}", f"total{g}"]
        instance.append(f"<g{g}>" + "".join(f"<{n}/>" for n in (*names, *extra)) + f"</g{g}>")
        body.append(f'<group ref="/data/g{g}"><label>Group {g}</label>')
        for i, name in enumerate(names):
            binds.append(f'<bind nodeset="/data/g{g}/{name}" {_rules(g, i, names)}/>')
            body.append(_control(g, i, names))
        body.append("</group>")
        binds.extend(_calculations(g, names))
    marks = [(f"o{i}", f"Option {i}", f"<sev>{i % 4}</sev>") for i in range(20)]
    return (
        f'{_HEAD}<model><instance><data id="wide" version="1">{"".join(instance)}'
        "<meta><instanceID/></meta></data></instance>"
        f"{_list('marks', marks)}{_list('yn', [('yes', 'Yes', ''), ('no', 'No', '')])}{''.join(binds)}{_META}</model>"
        f"</h:head><h:body>{''.join(body)}</h:body></h:html>"
    )


def _list(ident: str, options: list[tuple[str, str, str]]) -> str:
    items = "".join(f"<item><name>{n}</name><label>{label}</label>{more}</item>" for n, label, more in options)
    return f'<instance id="{ident}"><root>{items}</root></instance>'


def _rules(g: int, i: int, names: list[str]) -> str:
    """Attributes of a question's bind: 4 relevances, 4 constraints and 14 required a group."""
    relevant = ""
    if i in (5, 15):
        relevant = f" relevant=\" /data/g{g}/{names[i - 1]}  = 'no'\""
    elif i in (10, 18):
        relevant = f' relevant=" /data/g{g}/{names[0]}  &gt; 50"'
    fixed = {
        0: 'type="int" required="true()" constraint=". &gt;= 0 and . &lt; 1000"',
        1: 'type="date" constraint=". &lt;= today()"',
        2: 'type="decimal" constraint=". &gt; -100"',
        3: 'type="decimal" constraint=". &gt; -100"',
        6: 'type="string"',
        7: 'type="binary"',
        8: 'type="string"',
    }
    return fixed.get(i, 'type="string" required="true()"') + relevant


def _control(g: int, i: int, names: list[str]) -> str:
    path = f"/data/g{g}/{names[i]}"
    if i == 8:
        return (
            f'<select ref="{path}"><label>Marks at <output value=" /data/g{g}/{names[0]} "/></label>'
            f"<itemset nodeset=\"instance('marks')/root/item[sev &lt;=  /data/g{g}/{names[0]}  mod 4]\">"
            f"{_OPTIONS}</itemset></select>"
        )
    if i == 7:
        return f'<upload ref="{path}" mediatype="image/*"><label>Photo</label></upload>'
    if i in _YES_NO:
        items = f"<itemset nodeset=\"instance('yn')/root/item\">{_OPTIONS}</itemset>"
        return f'<select1 ref="{path}"><label>Question {names[i]}</label>{items}</select1>'
    return f'<input ref="{path}"><label>Question {names[i]}</label></input>'


def _calculations(g: int, names: list[str]) -> list[str]:
    """Faults, their share, a due date, and a sum chained through all groups."""
    base = f"/data/g{g}"
    faults = " + ".join(f"if( {base}/{names[i]}  = 'no', 1, 0)" for i in sorted(_YES_NO))
    before = f" /data/g{g - 1}/total{g - 1}  + " if g else ""
    found = {
        f"faults{g}": faults,
        f"percent{g}": f"round(if( {base}/faults{g}  &gt; 0, 100 *  {base}/faults{g}  div {len(_YES_NO)}, 0), 1)",
        f"due{g}": f"format-date(date( {base}/{names[1]}  + 365), '%Y-%m-%d')",
        f"total{g}": f"{before} {base}/faults{g} ",
    }
    return [f'<bind nodeset="{base}/{n}" type="string" calculate="{e}"/>' for n, e in found.items()]


def script(form_round: int) -> list[tuple[str, str]]:
    """Every question once; the two rounds answer differently."""
    values = {0: ("60", "10"), 1: ("2026-01-05", "2026-02-07"), 2: ("1.5", "2.5"), 3: ("1.5", "2.5")}
    values |= {6: ("first", "second"), 7: ("a.jpg", "b.jpg"), 8: ("o0 o4", "o1 o2")}
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
        "n": 'type="int" relevant=" ../ok  = \'no\'" constraint=". &gt; 0"',
        "pos": 'type="string" calculate="position(..)"',
        "score": 'type="string" calculate="if( ../ok  = \'no\',  ../n , 0)"',
        "last": f'type="string" calculate="indexed-repeat({rep}/score, {rep}, position(..) - 1)"',
    }
    fields = "".join(f"<{n}/>" for n in binds)
    lines = "".join(f'<bind nodeset="{rep}/{n}" {rule}/>' for n, rule in binds.items())
    items = f"<itemset nodeset=\"instance('yn')/root/item\">{_OPTIONS}</itemset>"
    return (
        f'{_HEAD}<model><instance><data id="rep"><rep jr:template="">{fields}</rep><rep>{fields}</rep>'
        f"<sum/><bad/><meta><instanceID/></meta></data></instance>{_list('yn', [('yes', 'Yes', ''), ('no', 'No', '')])}"
        f'{lines}<bind nodeset="/data/sum" type="string" calculate="sum({rep}/score[. != \'\'])"/>'
        f'<bind nodeset="/data/bad" type="string" calculate="count({rep}[ok = \'no\'])"/>{_META}</model></h:head>'
        f'<h:body><group ref="{rep}"><label>R</label><repeat nodeset="{rep}">'
        f'<select1 ref="{rep}/ok"><label>ok</label>{items}</select1><input ref="{rep}/note"><label>x</label></input>'
        f'<input ref="{rep}/n"><label>n</label></input></repeat></group></h:body></h:html>'
    )


def repeat_script() -> list[tuple[str, str]]:
    """The yes/no and the integer of every instance."""
    yes_no = [(f"/data/rep[{i}]/ok", "no") for i in range(1, INSTANCES + 1)]
    return yes_no + [(f"/data/rep[{i}]/n", str(i)) for i in range(1, INSTANCES + 1)]
