"""The kit: what every page is built from. Nothing here knows a page; `context` bundles it.

A page is a QWidget `SomethingPage(context: Context)`; object names are what tests and the demo look for.

context.Context      store, go(page, id|None) and the Kit: lanes, bulletin, notify, settings, language, theme, icons,
                     actions
language.Language    tr(key, **args) · text/tip/name/hint/title(widget, key, **args): words that stay current ·
                     day(iso) moment(iso) · signal changed. Words in resources/translations/<feature>.json:
                     {"sites.title": {"zh-Hant": …, "zh-Hans": …, "en": … or {"one": …, "other": …} chosen by n}}.
                     Keys of a feature start with its name and a dot; f"level.{x}" counts as use of every "level.…" key.
                     Errors of lower floors: "error.<key>" in errors.json.
icons.Icons          put(widget, "check", color="pass", size=18) follows the theme · icon(), pixmap() · VERDICT_ICONS
theme.Theme          color(token) px(n) font(size, bold=) · signal changed. Tokens: resources/theme/light.json
jobs.Lanes           lanes.write / lanes.wide .run(job, on_done, on_failed): callbacks on the GUI thread, bound methods;
                     without on_failed the error goes to notify. Token(parent): cancel(), is_cancelled, report(*facts),
                     signal progressed(tuple). Visits and all writing belong to lanes.write. Tests: Lanes.at_once()
bulletin.Bulletin    announce(touched) after every operation · follow(page, told): told(Touched) while in sight
notify.Notify        done(key, undo=callable|None, **args) toast · fail(error) error bar · clear()
settings.Settings    typed Setting.get()/put()/changed · flag(name, default) · word(name) · columns(table)
actions.Actions      add(where, words_key, "Ctrl+N", run, everywhere=False) -> QAction · wear(button, action)
                     puts the key into the tooltip. Listed on the F1 sheet and in Ctrl+K under "group.<feature>"
table_model          Column(title_key, text=…, icon=…, color=…, right=, width=) · IdTableModel(columns, fetch, tr)
                     show_ids(ids), refresh(), id_at(row) · widgets.table.Table(model, theme, settings, name): chosen,
                     opened
dates                day_text, time_text, moment_text, size_text (pure, for state.py)
widgets.boxes        label(role) button(kind, name=) row(…) column(…) card(…) line() scroller(w) restyle(w, prop, value)
                     empty_out(layout); an int among the parts of row/column is a stretch
widgets              pill.Pill.show_state(tone, icon, words) · empty_state.EmptyState · search_field.SearchField ·
                     page_head.PageHead(language, title_key): say_where(words), buttons (layout) · flow.FlowLayout ·
                     progress_panel.ProgressPanel: begin, show_progress, end · sync_chip · messages
"""
