"""The window says every sentence of the form checker in its own three languages."""

from inspector_app import assets
from inspector_app.desktop.kit.catalogue import read_catalogue
from inspector_app.xforms.sentences import SENTENCES

CATALOGUE = {
    key.removeprefix("problem."): phrases
    for key, phrases in read_catalogue(assets.resource("translations")).items()
    if key.startswith("problem.")
}


def test_every_sentence_has_words_and_the_english_ones_are_the_checkers_own() -> None:
    assert {code: phrases["en"] for code, phrases in CATALOGUE.items() if code in SENTENCES} == {
        code: sentence for code, (_, sentence) in SENTENCES.items()
    }
