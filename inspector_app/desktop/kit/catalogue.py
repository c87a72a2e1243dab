"""All words of the window in three languages, read from `resources/translations/*.json`; pure, without Qt."""

import json
from collections.abc import Mapping
from pathlib import Path

LANGUAGES = ("zh-Hant", "zh-Hans", "en")
"""Traditional Chinese is the default and the fallback."""
DEFAULT_LANGUAGE = "zh-Hant"

Phrase = str | Mapping[str, str]
"""A template for `str.format`, or its plural forms `{"one": …, "other": …}` chosen by the argument `n`."""
Catalogue = Mapping[str, Mapping[str, Phrase]]
"""Key → language → Phrase."""


def read_catalogue(folder: Path) -> Catalogue:
    """Every file of the folder in one mapping; raises ValueError for a key that two files define."""
    words: dict[str, Mapping[str, Phrase]] = {}
    for file in sorted(folder.glob("*.json")):
        for key, phrases in json.loads(file.read_text("utf-8")).items():
            if key in words:
                raise ValueError(f"{key} is defined twice, the second time in {file.name}")
            words[key] = phrases
    return words


def render(catalogue: Catalogue, language: str, key: str, args: Mapping[str, object]) -> str:
    """The sentence for a key; an unknown key shows itself, so that nothing ever appears empty.

    Raises KeyError when an argument of the template is not given.
    """
    phrases = catalogue.get(key)
    if phrases is None:
        return key
    phrase = phrases.get(language) or phrases[DEFAULT_LANGUAGE]
    if not isinstance(phrase, str):
        phrase = phrase["one"] if args.get("n") == 1 else phrase["other"]
    return phrase.format_map(args)


def nearest_language(locale: str) -> str:
    """A system locale as one of ours: zh-Hant-HK and zh_TW → zh-Hant, zh → zh-Hans, others → en."""
    parts = locale.replace("_", "-").lower().split("-")
    if parts[0] != "zh":
        return "en"
    traditional = {"hant", "tw", "hk", "mo"} & set(parts[1:])
    return "zh-Hant" if traditional and "hans" not in parts else "zh-Hans"
