"""The audit trail of a visit whose form asks for one: begun with what was kept before, kept as a file of the submission."""

from collections.abc import Callable
from functools import lru_cache

from inspector_app.domain.changeset import Touched
from inspector_app.domain.clock import moment
from inspector_app.domain.errors import WorldError
from inspector_app.domain.inspection import Attached, Status
from inspector_app.operations.answering import give_file
from inspector_app.operations.visit import Visit
from inspector_app.store.database import Store
from inspector_app.xforms import Form
from inspector_app.xforms.audit import NAME, Audit, rules_of


def begin(store: Store, visit: Visit, elapsed: Callable[[], float]) -> Audit | None:
    """The trail so far, to go on with; None where the form asks for none or the visit is finished. For any lane."""
    rules = rules_of(visit.checklist.form)
    if rules is None or not place(visit.checklist.form) or visit.inspection.status is Status.FINISHED:
        return None
    return Audit(rules, moment(store.clock()), elapsed, store.me.name, before=read(store, visit))


def keep(store: Store, visit: Visit, text: str) -> Touched:
    """Store the trail with the visit, in the place of the one before."""
    content = text.encode()
    file = Attached(store.blobs.put(content), len(content), "text/csv", NAME)
    return give_file(store, visit, place(visit.checklist.form), file)


def read(store: Store, visit: Visit) -> str:
    """The trail as it was kept last; '' where there is none or its bytes have not come with a Round yet."""
    file = visit.files.get(place(visit.checklist.form))
    try:
        return store.blobs.get(file.sha).decode(errors="replace") if file is not None else ""
    except WorldError:
        return ""


@lru_cache(maxsize=8)
def place(form: Form) -> str:
    """Where the submission names the file, '' for a form without one."""
    return next((spec.path for spec in form.top.walk() if spec.path.endswith("/meta/audit")), "")
