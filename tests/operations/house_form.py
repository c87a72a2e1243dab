"""A plain XLSForm, as others write them: questions, a repeat in a repeat, a counted one, files and what acts by itself."""

from pathlib import Path

from inspector_app.operations import inspecting, keeping
from inspector_app.operations.inspecting import Visit
from inspector_app.store import sites
from inspector_app.store.database import Store

HOUSE = """
| survey |
| | type | name | label | relevant | required | calculation | trigger | repeat_count | constraint |
| | text | who | Who lives here? | | yes | | | | |
| | integer | n | How many? | | | | | | . >= 0 |
| | text | why | Why so many? | ${n} > 5 | | | | | |
| | calculate | twice | | | | ${n} * 2 | | | |
| | calculate | day | | | | today() | | | |
| | calculate | lot | | | | once(random()) | | | |
| | text | noted | Noted | | | concat('n is ', ${n}) | ${n} | | |
| | select_one colours | colour | Colour | | | | | | |
| | begin_repeat | room | Room | | | | | | |
| | text | name | Name of the room | | | | | | |
| | begin_repeat | window | Window | | | | | | |
| | text | state | State | | | | | | |
| | end_repeat | | | | | | | | |
| | end_repeat | | | | | | | | |
| | begin_repeat | guest | Guest | | | | | ${n} | |
| | text | called | Called | | | | | | |
| | end_repeat | | | | | | | | |
| | image | front | Front | | | | | | |
| | file | plan | Plan | | | | | | |
| choices |
| | list_name | name | label |
| | colours | r | Red |
| | colours | g | Green |
| settings |
| | form_id | version | form_title |
| | house | 1 | House |
"""


def install(store: Store, folder: Path, table: str = HOUSE) -> str:
    """Installed from a file as people do; gives the hash."""
    file = folder / "house.md"
    file.write_text(table)
    return keeping.install_form(store, file).hash


def begin(store: Store, number: int = 1) -> Visit:
    """A new visit with the house form."""
    with store.reading() as session:
        site = sites.search_ids(session, "", limit=50)[number]
    inspection, _ = inspecting.start(store, site, form="house", inspectors=("陳志強", "黃婉儀"))
    return inspecting.open_visit(store, inspection)


def shown(visit: Visit) -> dict[str, str]:
    """Everything the visit shows that is not blank."""
    return {path: value for path in visit.session.paths() if (value := visit.session.value(path))}


def reopened(store: Store, visit: Visit) -> Visit:
    """The same visit as the next one to open it finds it."""
    return inspecting.open_visit(store, visit.id)
