"""Sound forms as others publish them: a verbal autopsy of 550 questions, a census with cascades, a lookup by csv."""

import random

LANGUAGES = ("English (en)", "Français (fr)", "中文 (zh)")
HEADERS = (
    "type", "name", *(f"label::{x}" for x in LANGUAGES), *(f"hint::{x}" for x in LANGUAGES), "relevant", "constraint",
    *(f"constraint_message::{x}" for x in LANGUAGES), "calculation", "required", "appearance", "choice_filter",
    "repeat_count", "default",
)  # fmt: skip
Row = dict[str, str]


def spoken(text: str, part: str = "label") -> Row:
    """A text in all languages."""
    return {f"{part}::{language}": f"{text} [{language[:2]}]" for language in LANGUAGES}


def table(sheet: str, headers: tuple[str, ...], rows: list[Row]) -> str:
    """One sheet as markdown."""
    lines = [f"| {sheet} |", f"| | {' | '.join(headers)} |"]
    lines += [f"| | {' | '.join(row.get(h, '').replace('|', chr(92) + '|') for h in headers)} |" for row in rows]
    return "\n".join(lines) + "\n"


def options(list_name: str, *names: str, **more: str) -> list[Row]:
    """Rows of the choices sheet."""
    return [{"list_name": list_name, "name": n, **spoken(f"{list_name} {n}"), **more} for n in names]


CHOICES = (
    options("yn", "yes", "no", "dk", "ref")
    + options("sex", "male", "female", "undetermined")
    + options("known", "known", "unknown")
    + options("unit", "days", "months", "years")
    + options("place", "hospital", "clinic", "home", "on_route", "other", "dk", "ref")
    + options("sign", *(f"s{i}" for i in range(1, 9)), "none", "dk", "ref")
)
ALONE = "not((selected(., 'none') or selected(., 'dk') or selected(., 'ref')) and count-selected(.) > 1)"
PLAUSIBLE = spoken("Out of range", "constraint_message")


def verbal_autopsy(questions: int = 550, seed: int = 7) -> str:
    """A form as the WHO's: age groups, long chains of yes and no, durations with codes for unknown."""
    rows = _opening()
    rng = random.Random(seed)
    number = len(rows)
    for group in range(22):
        who = ("${isNeonatal} = 1", "${isChild} = 1", "${isAdult} = 1", "")[group % 4]
        rows.append({"type": "begin_group", "name": f"g{group}", **spoken(f"Section {group}"), "relevant": who})
        size = (questions - len(_opening())) // 22
        rows += _section(group, number, size, rng)
        number += size
        rows.append({"type": "end_group", "name": f"g{group}"})
    settings = table("settings", ("form_id", "version", "default_language"), [
        {"form_id": "va", "version": "2026", "default_language": LANGUAGES[0]}])  # fmt: skip
    choice_headers = ("list_name", "name", *(f"label::{x}" for x in LANGUAGES))
    return table("survey", HEADERS, rows) + table("choices", choice_headers, CHOICES) + settings


def _opening() -> list[Row]:
    adult = "if(${ageInYears} >= 12, 1, 0)"
    return [
        {"type": "start", "name": "start"},
        {"type": "end", "name": "end"},
        {"type": "today", "name": "today"},
        {"type": "username", "name": "username"},
        {"type": "deviceid", "name": "deviceid"},
        {"type": "text", "name": "interviewer", **spoken("Interviewer"), "required": "yes"},
        {"type": "select_one sex", "name": "sex", **spoken("Sex"), "required": "yes", "appearance": "minimal"},
        {"type": "select_one known", "name": "born_known", **spoken("Is the date of birth known?"), "required": "yes"},
        {"type": "date", "name": "born", **spoken("Date of birth"), "relevant": "${born_known} = 'known'",
         "constraint": ". <= today()", **PLAUSIBLE, "required": "yes"},
        {"type": "date", "name": "died", **spoken("Date of death"), "constraint":
         ". <= today() and (string-length(${born}) = 0 or . >= ${born})", **PLAUSIBLE, "required": "yes"},
        {"type": "select_one unit", "name": "unit", **spoken("Age is given in"), "required": "yes",
         "relevant": "${born_known} = 'unknown'"},
        {"type": "integer", "name": "age_days", **spoken("Age in days"), "relevant": "${unit} = 'days'",
         "constraint": "(. >= 0 and . <= 27) or . = 99", **PLAUSIBLE},
        {"type": "integer", "name": "age_years", **spoken("Age in years"), "relevant": "selected(${unit}, 'years')",
         "constraint": ". > 0 and . <= 120", **PLAUSIBLE},
        {"type": "calculate", "name": "ageInDays", "calculation":
         "if(string-length(${born}) > 0, int(decimal-date-time(${died}) - decimal-date-time(${born})), "
         "if(${unit} = 'years', ${age_years} * 365.25, coalesce(${age_days}, 0)))"},
        {"type": "calculate", "name": "ageInYears", "calculation": "int(${ageInDays} div 365.25)"},
        {"type": "calculate", "name": "isNeonatal", "calculation": "if(${ageInDays} < 28, 1, 0)"},
        {"type": "calculate", "name": "isAdult", "calculation": adult},
        {"type": "calculate", "name": "isChild", "calculation": "if(${isNeonatal} = 0 and ${isAdult} = 0, 1, 0)"},
        {"type": "note", "name": "intro", **spoken("You say the person died at ${ageInYears} years.")},
    ]  # fmt: skip


def _section(group: int, number: int, size: int, rng: random.Random) -> list[Row]:
    rows: list[Row] = []
    lead = f"Id{number:05d}"
    for at in range(size):
        name = f"Id{number + at:05d}"
        kind = 0 if at == 0 else rng.randrange(6)
        relevant = "" if at == 0 else f"selected(${{{lead}}}, 'yes')"
        row: Row = {"name": name, **spoken(f"Question {name} about ${{sex}}"), "relevant": relevant, "required": "yes"}
        if kind in (0, 1, 2):
            row |= {"type": "select_one yn", **spoken("Read aloud", "hint")}
            lead = name if kind == 0 else lead
        elif kind == 3:
            row |= {"type": "integer", "constraint": "(. >= 0 and . <= 30) or . = 88 or . = 99", **PLAUSIBLE}
        elif kind == 4:
            row |= {"type": "select_multiple sign", "constraint": ALONE, **PLAUSIBLE}
        else:
            row |= {"type": "select_one place", "relevant": f"{relevant} and ${{sex}} != 'male'"}
        rows.append(row)
    return rows


CENSUS = """
| survey |
| | type | name | label | relevant | constraint | constraint_message | calculation | choice_filter | repeat_count | appearance |
| | select_one province | province | Province | | | | | | | minimal |
| | select_one district | district | District | | | | | province = ${province} | | minimal |
| | select_one ward | ward | Ward | | | | | province=${province} and district=${district} | | autocomplete |
| | integer | people | How many live here? | | . > 0 and . <= 30 | Between 1 and 30 | | | | |
| | begin_repeat | member | Member | | | | | | ${people} | field-list |
| | calculate | pos | | | | | position(..) | | | |
| | text | name | Name of member ${pos} | | | | | | | |
| | select_one sex | sex | Sex of ${name} | | | | | | | likert |
| | integer | age | Age of ${name} | | . >= 0 and . <= 120 | Between 0 and 120 | | | | |
| | select_multiple work | work | Work of ${name} | ${age} >= 15 | not(selected(., 'none') and count-selected(.) > 1) \
| None excludes others | | | | columns-2 |
| | begin_repeat | child | Child of ${name} | ${age} > 12 and ${sex} = 'f' | | | | | | |
| | date | born | Born on | | . <= today() and . > '1950-01-01' | In the past | | | | month-year |
| | end_repeat | | | | | | | | | |
| | end_repeat | | | | | | | | | |
| | calculate | adults | | | | | count(${member}[./age >= 18]) | | | |
| | calculate | oldest | | | | | max(${age}) | | | |
| | calculate | ward_name | | | | | jr:choice-name(${ward}, '${ward}') | | | |
| | calculate | ward_code | | | | | instance('ward')/root/item[name = ${ward}]/code | | | |
| | note | summary | ${adults} adults, the oldest ${oldest}, in ${ward_name} (${ward_code}) | | | | | | | |
| | select_one colour or_other | colour | Favourite colour | | | | | | | |
| | select_one ${name} | head | Head of the household | | | | | | | |
| | rank work | ranking | Order them | | | | | | | |
| | range | happy | How happy, 1 to 10? | | | | | | | rating |
| | image | photo | Photo of the house | | | | | | | annotate |
| | geopoint | where | Where | | | | | | | placement-map |
| | barcode | code | Label | | | | | | | |
| | acknowledge | ok | I have read it to them | | | | | | | |
| choices |
| | list_name | name | label | province | district | code |
| | province | p1 | North | | | |
| | province | p2 | South | | | |
| | district | d1 | Hill | p1 | | |
| | district | d2 | Dale | p1 | | |
| | district | d3 | Shore | p2 | | |
| | ward | w1 | One | p1 | d1 | 11 |
| | ward | w2 | Two | p1 | d2 | 12 |
| | ward | w3 | Three | p2 | d3 | 13 |
| | sex | m | Male | | | |
| | sex | f | Female | | | |
| | work | farm | Farm | | | |
| | work | trade | Trade | | | |
| | work | none | None | | | |
| | colour | red | Red | | | |
| | colour | blue | Blue | | | |
"""

LOOKUP = """
| survey |
| | type | name | label | calculation | relevant | parameters | default | trigger |
| | csv-external | goods | | | | | | |
| | select_one_from_file shops.csv | shop | Shop | | | value=id label=title | | |
| | text | sku | Article | | | | | |
| | calculate | price | | pulldata('goods', 'price', 'sku', ${sku}) | | | | |
| | calculate | owner | | instance('shops')/root/item[id = ${shop}]/owner | | | | |
| | decimal | paid | Paid | | ${price} != '' | | | |
| | dateTime | when | When | | | | now() | |
| | text | seen | Seen by | | | | ${last-saved#seen} | |
| | calculate | stamp | | now() | | | | ${sku} |
| | note | bill | ${owner} gets ${paid} for ${price} | | ${paid} > 0 | | | |
| settings |
| | form_id | version | instance_name | style |
| | lookup | 1 | concat(${shop}, ' ', ${sku}) | pages |
"""
LOOKUP_FILES = {"shops.csv": "id,title,owner\n1,Corner,Chan\n2,Market,Li\n", "goods.csv": "sku,price\na,1.50\nb,2\n"}
