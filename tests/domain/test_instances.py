"""Names of repeat instances: they stay when others come and go, and two people adding at once do not meet."""

from collections.abc import Callable, Iterator

import pytest

from inspector_app.domain.instances import Instances, new_name, read_instances

FIELDS = {
    "/d/rep[@k3f9]": "1",
    "/d/rep[@k3f9]/q": "first",
    "/d/rep[@aaaa]": "2",
    "/d/rep[@aaaa]/in[@1]": "1",
    "/d/rep[@aaaa]/in[@zz]": "2",
    "/d/rep[@gone]": "",
    "/d/rep[@gone]/in[@1]": "1",
    "/d/empty[@1]": "",
    "/d/q": "x",
}
KNOWN = read_instances(FIELDS)

NAMES = [
    ("/d/q", "/d/q"),
    ("/d/rep[1]/q", "/d/rep[@k3f9]/q"),
    ("/d/rep[2]", "/d/rep[@aaaa]"),
    ("/d/rep[2]/in[2]/toy", "/d/rep[@aaaa]/in[@zz]/toy"),
    ("/d/counted[3]/what", "/d/counted[@3]/what"),
]


@pytest.mark.parametrize(("place", "stored"), NAMES)
def test_a_place_and_its_name_stand_for_each_other(place: str, stored: str) -> None:
    assert KNOWN.stored(place) == stored
    assert KNOWN.shown(stored) == place


@pytest.mark.parametrize("stored", ["/d/rep[@gone]", "/d/rep[@gone]/q", "/d/rep[@gone]/in[@1]/toy", "/d/counted[@x]/q"])
def test_what_was_removed_has_no_place(stored: str) -> None:
    assert KNOWN.shown(stored) is None


def test_every_named_repeat_says_how_many_it_has() -> None:
    assert KNOWN.counts() == {"/d/rep": 2, "/d/rep[2]/in": 2, "/d/empty": 0}


def test_two_people_adding_at_once_keep_both() -> None:
    (one, mine), (other, theirs) = (KNOWN.named(["/d/rep[3]"], make=_names(n)) for n in ("mine", "yours"))
    assert (mine, theirs) == ({"/d/rep[@mine]": "3"}, {"/d/rep[@yours]": "3"})
    merged = read_instances({**FIELDS, **mine, **theirs})
    again = read_instances({**FIELDS, **theirs, **mine})
    assert merged == again
    assert [merged.stored(f"/d/rep[{n}]") for n in (3, 4)] == ["/d/rep[@mine]", "/d/rep[@yours]"]
    assert merged.shown("/d/rep[@k3f9]/q") == "/d/rep[1]/q", "what was there has not moved"


def test_what_a_form_begins_with_is_named_alike_everywhere() -> None:
    present = ["/d/new[1]", "/d/new[2]", "/d/new[2]/in[1]"]
    named, fields = Instances().named(present, make=_names())
    assert fields == {"/d/new[@1]": "1", "/d/new[@2]": "2", "/d/new[@2]/in[@1]": "1"}
    assert named == read_instances(fields)
    assert named.named(present, make=_names()) == (named, {}), "what has a name keeps it"


def test_an_added_instance_brings_its_inner_ones() -> None:
    _, fields = KNOWN.named(["/d/rep[1]", "/d/rep[2]", "/d/rep[3]", "/d/rep[3]/in[1]"], make=_names("new"))
    assert fields == {"/d/rep[@new]": "3", "/d/rep[@new]/in[@1]": "1"}


def test_the_first_that_somebody_adds_has_a_name_of_its_own() -> None:
    _, fields = KNOWN.named(["/d/rep[1]", "/d/rep[1]/in[1]"], {"/d/rep[1]/in[1]"}, _names("own"))
    assert fields == {"/d/rep[@k3f9]/in[@own]": "1"}


def test_a_removed_instance_comes_back_to_its_place() -> None:
    left, field = KNOWN.without("/d/rep[1]")
    assert field == {"/d/rep[@k3f9]": ""}
    assert left.shown("/d/rep[@aaaa]/q") == "/d/rep[1]/q"
    assert left == read_instances({**FIELDS, **field})
    assert read_instances({**FIELDS, **field, "/d/rep[@k3f9]": "1"}) == KNOWN
    assert KNOWN.without("/d/counted[1]") == (KNOWN, {})


def test_an_answer_claims_the_instances_around_it() -> None:
    assert KNOWN.claims("/d/rep[2]/in[1]/toy") == {"/d/rep[@aaaa]": "2", "/d/rep[@aaaa]/in[@1]": "1"}
    assert KNOWN.claims("/d/q") == KNOWN.claims("/d/counted[2]/what") == {}


def test_nonsense_from_strangers_is_borne() -> None:
    odd = read_instances(
        {"/d/rep[@a]": "not a rank", "/d/rep[@b]": "9" * 40, "/d/x[@c]": 7, "/d]": "1", "/d/rep[@c]": "1"}
    )
    assert odd.counts()["/d/rep"] == 3
    assert odd.shown("/d/rep[@c]") == "/d/rep[3]"


def test_names_differ() -> None:
    assert len({new_name() for _ in range(1000)}) == 1000


def _names(*names: str) -> Callable[[], str]:
    waiting: Iterator[str] = iter(names)
    return lambda: next(waiting)
