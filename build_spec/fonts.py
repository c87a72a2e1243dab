"""Makes the font files in resources/fonts from the OFL packages @expo-google-fonts, unpacked side by side.

npm pack @expo-google-fonts/noto-sans-sc@0.4.3    (also -noto-sans-tc, -noto-sans-jp, -noto-serif-sc @0.4.3,
-noto-sans-mono @0.4.2), each unpacked to SOURCE/noto-sans-sc, SOURCE/noto-sans-tc ...
python build_spec/fonts.py SOURCE resources/fonts
"""

import hashlib
import sys
from collections.abc import Callable, Iterable
from pathlib import Path

from fontTools import subset
from fontTools.ttLib import TTFont

#: First 16 hex digits of SHA-256 of the files the subsets are cut from.
SOURCES = {
    "noto-sans-sc/400Regular/NotoSansSC_400Regular.ttf": "d45f67f0a7c0ca3f",
    "noto-sans-sc/500Medium/NotoSansSC_500Medium.ttf": "b30853d205f3ecdd",
    "noto-sans-sc/700Bold/NotoSansSC_700Bold.ttf": "9a38ae0ab28cd5a2",
    "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf": "9c6a2ba736e4b499",
    "noto-sans-tc/400Regular/NotoSansTC_400Regular.ttf": "add35d53f7072765",
}

#: Characters of 通用规范汉字表 (8,105) in CJK Extension A; the rest is in the URO or in SC's supplementary planes.
STANDARD_EXTENSION_A = (
    "㑇㑊㕮㘎㙍㙘㙦㛃㛚㛹㟃㠇㠓㤘㥄㧐㧑㧟㫰㬊㬎㬚㭎㭕㮾㰀㳇㳘㳚㴔㵐㶲㸆㸌㺄㻬㽏㿠䁖䂮䃅䃎䅟䌹䎃䎖䏝䏡䏲䐃"
    "䓖䓛䓨䓫䓬䗖䗛䗪䗴䜣䝙䢺䢼䣘䥽䦃䲟䲠䲢䴓䴔䴕䴖䴗䴘䴙䶮"
)


def decodable(codec: str) -> set[int]:
    """Code points that a double-byte codec can express."""
    found: set[int] = set()
    for lead in range(0x81, 0xFF):
        for trail in range(0x40, 0xFF):
            try:
                found.update(map(ord, bytes((lead, trail)).decode(codec)))
            except UnicodeDecodeError:
                continue
    return found


def symbols(cmap: Iterable[int]) -> set[int]:
    """Everything in the face that is no ideograph: Latin, punctuation, circled figures, units, forms, kana."""
    return {
        code
        for code in cmap
        if 0x20 <= code < 0x3400 or 0xF900 <= code < 0xFFF0 or 0xFE30 <= code < 0xFE50 or 0x1F100 <= code < 0x1F260
    }


def _sans_sc(cmap: set[int]) -> set[int]:
    ideographs = {code for code in cmap if 0x4E00 <= code <= 0x9FFF or code >= 0x20000}
    return symbols(cmap) | ideographs | decodable("gbk") | decodable("big5") | set(map(ord, STANDARD_EXTENSION_A))


def _serif_sc(cmap: set[int]) -> set[int]:
    big5_level_1 = {code for code in decodable("big5") if chr(code).encode("big5")[0] <= 0xC6}
    return symbols(cmap) | decodable("gb2312") | big5_level_1


def _latin(cmap: set[int]) -> set[int]:
    return {code for code in cmap if 0x20 <= code < 0x250 or 0x2000 <= code < 0x2200}


def cut(source: Path, target: Path, wanted: Callable[[set[int]], set[int]]) -> set[int]:
    """Write the subset of `source` and return the code points it kept."""
    options = subset.Options()
    options.hinting = False
    options.layout_features = []
    options.drop_tables += ["GSUB", "GPOS", "GDEF", "BASE", "VORG", "vhea", "vmtx", "STAT", "DSIG", "gasp", "meta"]
    options.name_IDs = [0, 1, 2, 3, 4, 5, 6, 13, 14, 16, 17]
    options.glyph_names = False
    options.recalc_timestamp = False
    options.notdef_outline = True
    font = TTFont(source, recalcTimestamp=False)
    kept = wanted(set(font.getBestCmap())) & set(font.getBestCmap())
    subsetter = subset.Subsetter(options)
    subsetter.populate(unicodes=kept)
    subsetter.subset(font)
    if font["head"].unitsPerEm != 1000:
        raise SystemExit(f"{source.name}: 1000 units per em are needed for PDF/A widths")
    font.save(target)
    print(f"{target.name}: {len(kept)} characters, {target.stat().st_size / 1e6:.1f} MB")
    return kept


def main(source: Path, target: Path) -> None:
    """Check the sources, then cut every face; fallbacks hold only what the face before them lacks."""
    for name, digest in SOURCES.items():
        if not hashlib.sha256((source / name).read_bytes()).hexdigest().startswith(digest):
            raise SystemExit(f"{name} is not the file this script was written for")
    sans = source / "noto-sans-sc"
    kept = cut(sans / "400Regular/NotoSansSC_400Regular.ttf", target / "NotoSansSC-Regular.ttf", _sans_sc)
    cut(sans / "700Bold/NotoSansSC_700Bold.ttf", target / "NotoSansSC-Bold.ttf", _sans_sc)
    cut(sans / "500Medium/NotoSansSC_500Medium.ttf", target / "NotoSansSC-Medium.ttf", _sans_sc)
    cut(source / "noto-serif-sc/700Bold/NotoSerifSC_700Bold.ttf", target / "NotoSerifSC-Bold.ttf", _serif_sc)
    cut(source / "noto-sans-mono/500Medium/NotoSansMono_500Medium.ttf", target / "NotoSansMono-Medium.ttf", _latin)
    for style in ("400Regular", "700Bold"):
        weight = style[3:]
        tc = cut(
            source / f"noto-sans-tc/{style}/NotoSansTC_{style}.ttf",
            target / f"NotoSansTC-{weight}.ttf",
            lambda cmap: cmap - kept,
        )
        cut(
            source / f"noto-sans-jp/{style}/NotoSansJP_{style}.ttf",
            target / f"NotoSansJP-{weight}.ttf",
            lambda cmap, tc=tc: cmap - kept - tc,  # type: ignore[misc]
        )


if __name__ == "__main__":
    main(Path(sys.argv[1]), Path(sys.argv[2]))
