"""Registry import: sound rows are taken, broken rows named, nothing half-written."""

from pathlib import Path

from inspector_app.demo import district
from inspector_app.operations import registering
from inspector_app.store import sites
from inspector_app.store.database import Store

HEADER = "名稱,統一社會信用代碼,街道,場所類型,服務隊,備忘\n"


def imported(store: Store, folder: Path, text: str, encoding: str = "utf-8") -> registering.ImportOutcome:
    file = folder / "rows.csv"
    file.write_bytes((HEADER + text).encode(encoding))
    return registering.import_registry(store, file)


def test_broken_rows_are_named_and_the_rest_is_taken(store: Store, tmp_path: Path) -> None:
    rows = (
        "海珠紡織,91350100M000100Y43,赤岗街道,工業企業,17,甲\n"
        ",,赤崗,IN,,\n"
        "無類型,,赤崗,,,\n"
        "怪類型,,赤崗,船塢,,\n"
        "怪隊,,赤崗,IN,九十九,\n"
        "錯碼,91350100M000100Y44,瑞寶,FB,第3隊,\n"
        "海珠紡織二,91350100M000100Y43,赤崗,IN,,\n"
    )
    outcome = imported(store, tmp_path, rows)
    assert (outcome.added, outcome.changed) == (2, 0)
    assert [(r.row, r.column, r.why) for r in outcome.refused] == [
        (3, "名稱", "cell_missing"),
        (4, "場所類型", "cell_missing"),
        (5, "場所類型", "type_unknown"),
        (6, "服務隊", "team_range"),
        (8, "名稱", "row_twice"),
    ]
    assert [(r.row, r.why) for r in outcome.warnings] == [(7, "code_check")]
    assert outcome.unknown_columns == ("備忘",)
    with store.reading() as session:
        site = sites.find_match(session, "91350100M000100Y43", "", "")
    assert site is not None
    assert (site.street, site.type, site.team, site.remarks) == ("赤崗", "IN", 17, "備忘：甲")


def test_the_same_file_twice_changes_nothing(registered: Store, tmp_path: Path) -> None:
    file = tmp_path / "again.csv"
    file.write_bytes(district.registry_csv(district.sites(39), language="zh-Hans", encoding="gb18030"))
    outcome = registering.import_registry(registered, file)
    assert (outcome.added, outcome.changed, outcome.unchanged) == (0, 0, 39)


def test_only_what_differs_is_changed(store: Store, tmp_path: Path) -> None:
    imported(store, tmp_path, "海珠紡織,,赤崗,IN,17,\n")
    outcome = imported(store, tmp_path, "海珠紡織,,赤崗,IN,18,\n")
    assert (outcome.added, outcome.changed) == (0, 1)


def test_a_cancelled_import_keeps_whole_rows(store: Store, tmp_path: Path) -> None:
    file = tmp_path / "many.csv"
    file.write_bytes(district.registry_csv(district.sites(2_500)))
    outcome = registering.import_registry(store, file, cancelled=lambda: True)
    assert outcome.cancelled
    with store.reading() as session:
        assert sites.count(session) == outcome.added == registering.BATCH
