"""Properties of Unicode's characters, as regular expressions of ECMA-262 name them (section 22.2.2.10, tables 67 to 70)."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache
from typing import TYPE_CHECKING, Final, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

__all__ = ["Ranges", "is_property", "joined", "others", "property_ranges", "spelled"]

Ranges: TypeAlias = tuple[tuple[int, int], ...]
"""A set of code points: from the first to the last of each range, which are sorted and do not touch."""


def is_property(name: str) -> bool:
    r"""Whether ECMA-262 has `\p{name}`."""
    return _canonical(name) is not None


def spelled(name: str) -> str | None:
    """How ECMA-262 spells what other dialects call `name`; `None` where that is not clear."""
    plain = name.strip().removeprefix("Is").replace(" ", "_").replace("-", "_")
    candidates = (plain, plain.title(), _ELSEWHERE.get(plain.lower(), ""), f"Script={plain.title()}")
    return next((candidate for candidate in candidates if is_property(candidate)), None)


@cache
def property_ranges(name: str) -> Ranges:
    r"""The characters of `\p{name}`, as far as this Python's Unicode knows them.

    Raises:
        ValueError: It is a property that Python does not know.
    """
    kind, value = _canonical(name) or ("", "")
    match kind:
        case "category":
            return _those(lambda character: unicodedata.category(character) in _CATEGORIES[value][0])
        case "script" if value in _SCRIPT_RANGES:
            return tuple(_read(_SCRIPT_RANGES[value]))
        case "script" if value not in _UNNAMED:
            prefix = f"{_PREFIXES.get(value, value.replace('_', ' ')).upper()} "
            return _those(lambda character: unicodedata.name(character, "").startswith(prefix))
        case "binary" if value in _BINARY_RANGES:
            return tuple(_read(_BINARY_RANGES[value]))
        case "binary" if value in _BINARY_TESTS:
            return _those(_BINARY_TESTS[value])
        case _:
            raise ValueError(f"which characters have the property {name} is not known here")


def joined(ranges: Iterable[tuple[int, int]]) -> Ranges:
    """The same set, sorted, with what touches joined."""
    found: list[tuple[int, int]] = []
    for first, last in sorted(ranges):
        if found and first <= found[-1][1] + 1:
            found[-1] = (found[-1][0], max(last, found[-1][1]))
        else:
            found.append((first, last))
    return tuple(found)


def others(ranges: Ranges) -> Ranges:
    """All code points that are not in a set."""
    found: list[tuple[int, int]] = []
    start = 0
    for first, last in ranges:
        if first > start:
            found.append((start, first - 1))
        start = last + 1
    if start <= sys.maxunicode:
        found.append((start, sys.maxunicode))
    return tuple(found)


def _those(has: Callable[[str], bool]) -> Ranges:
    return joined((code, code) for code in range(sys.maxunicode + 1) if has(chr(code)))


def _read(text: str) -> Iterator[tuple[int, int]]:
    for part in text.split():
        first, _, last = part.partition("-")
        yield int(first, 16), int(last or first, 16)


def _canonical(name: str) -> tuple[str, str] | None:
    """Which kind of property `name` is, and the name that the tables below have for it."""
    key, _, value = name.rpartition("=")
    if key in {"General_Category", "gc"} or not key:
        found = next((short for short, (_, names) in _CATEGORIES.items() if value in (short, *names)), None)
        if found:
            return "category", found
    tables = (("script", _SCRIPTS),) if key in {"Script", "sc", "Script_Extensions", "scx"} else ()
    for kind, table in tables if key else (("binary", _BINARY),):
        for names in table.split():
            if value in names.split("/"):
                return kind, names.partition("/")[0]
    return None


_ALL: Final = frozenset(
    [
        "Lu",
        "Ll",
        "Lt",
        "Lm",
        "Lo",
        "Mn",
        "Mc",
        "Me",
        "Nd",
        "Nl",
        "No",
        "Pc",
        "Pd",
        "Ps",
        "Pe",
        "Pi",
        "Pf",
        "Po",
        "Sm",
        "Sc",
        "Sk",
        "So",
        "Zs",
        "Zl",
        "Zp",
        "Cc",
        "Cf",
        "Cs",
        "Co",
        "Cn",
    ]
)

_CATEGORIES: Final[Mapping[str, tuple[frozenset[str], tuple[str, ...]]]] = {
    short: (
        frozenset({"Lu", "Ll", "Lt"} if short == "LC" else {one for one in _ALL if one.startswith(short)}),
        tuple(names.split("/")),
    )
    for short, _, names in (
        line.partition(" ")
        for line in [
            "",
            "        L Letter",
            "        LC Cased_Letter",
            "        Lu Uppercase_Letter",
            "        Ll Lowercase_Letter",
            "        Lt Titlecase_Letter",
            "        Lm Modifier_Letter",
            "        Lo Other_Letter",
            "        M Mark/Combining_Mark",
            "        Mn Nonspacing_Mark",
            "        Mc Spacing_Mark",
            "        Me Enclosing_Mark",
            "        N Number",
            "        Nd Decimal_Number/digit",
            "        Nl Letter_Number",
            "        No Other_Number",
            "        P Punctuation/punct",
            "        Pc Connector_Punctuation",
            "        Pd Dash_Punctuation",
            "        Ps Open_Punctuation",
            "        Pe Close_Punctuation",
            "        Pi Initial_Punctuation",
            "        Pf Final_Punctuation",
            "        Po Other_Punctuation",
            "        S Symbol",
            "        Sm Math_Symbol",
            "        Sc Currency_Symbol",
            "        Sk Modifier_Symbol",
            "        So Other_Symbol",
            "        Z Separator",
            "        Zs Space_Separator",
            "        Zl Line_Separator",
            "        Zp Paragraph_Separator",
            "        C Other",
            "        Cc Control/cntrl",
            "        Cf Format",
            "        Cs Surrogate",
            "        Co Private_Use",
            "        Cn Unassigned",
            "        ",
        ]
        for line in [line.strip()]
        if line
    )
}
"""Each value of General_Category: those it is made of, and its other names."""

_BINARY: Final = """
    ASCII ASCII_Hex_Digit/AHex Alphabetic/Alpha Any Assigned Bidi_Control/Bidi_C Bidi_Mirrored/Bidi_M
    Case_Ignorable/CI Cased Changes_When_Casefolded/CWCF Changes_When_Casemapped/CWCM
    Changes_When_Lowercased/CWL Changes_When_NFKC_Casefolded/CWKCF Changes_When_Titlecased/CWT
    Changes_When_Uppercased/CWU Dash Default_Ignorable_Code_Point/DI Deprecated/Dep Diacritic/Dia Emoji
    Emoji_Component/EComp Emoji_Modifier/EMod Emoji_Modifier_Base/EBase Emoji_Presentation/EPres
    Extended_Pictographic/ExtPict Extender/Ext Grapheme_Base/Gr_Base Grapheme_Extend/Gr_Ext Hex_Digit/Hex
    IDS_Binary_Operator/IDSB IDS_Trinary_Operator/IDST ID_Continue/IDC ID_Start/IDS Ideographic/Ideo
    Join_Control/Join_C Logical_Order_Exception/LOE Lowercase/Lower Math Noncharacter_Code_Point/NChar
    Pattern_Syntax/Pat_Syn Pattern_White_Space/Pat_WS Quotation_Mark/QMark Radical Regional_Indicator/RI
    Sentence_Terminal/STerm Soft_Dotted/SD Terminal_Punctuation/Term Unified_Ideograph/UIdeo
    Uppercase/Upper Variation_Selector/VS White_Space/space XID_Continue/XIDC XID_Start/XIDS
    """
"""The binary properties, each with its other name."""

_BINARY_RANGES: Final[Mapping[str, str]] = {
    "Any": "0-10ffff",
    "ASCII": "0-7f",
    "ASCII_Hex_Digit": "30-39 41-46 61-66",
    "Hex_Digit": "30-39 41-46 61-66 ff10-ff19 ff21-ff26 ff41-ff46",
    "White_Space": "9-d 20 85 a0 1680 2000-200a 2028-2029 202f 205f 3000",
}
_NOT_XID: Final = frozenset(
    code
    for first, last in _read(
        "37a e33 eb3 309b-309c fc5e-fc63 fdfa-fdfb fe70 fe72 fe74 fe76 fe78 fe7a fe7c fe7e ff9e-ff9f"
    )
    for code in range(first, last + 1)
)
"""What may start an identifier, but for that its normal form may not (Unicode's annex 31, section 5.1)."""
_BINARY_TESTS: Final[Mapping[str, Callable[[str], bool]]] = {
    "Assigned": lambda character: unicodedata.category(character) != "Cn",
    "Bidi_Mirrored": lambda character: unicodedata.mirrored(character) == 1,
    "ID_Continue": lambda character: f"a{character}".isidentifier() or ord(character) in _NOT_XID,
    "ID_Start": lambda character: (
        (character.isidentifier() and character != "_") or ord(character) in _NOT_XID
    ),
    "Lowercase": str.islower,
    "Uppercase": str.isupper,
    "XID_Continue": lambda character: f"a{character}".isidentifier(),
    "XID_Start": lambda character: character.isidentifier() and character != "_",
}

_ELSEWHERE: Final[Mapping[str, str]] = {
    "alphabetic": "Alphabetic", "digit": "Nd", "l&": "LC", "lower": "Lowercase", "lowercase": "Lowercase", "punct": "P",
    "space": "White_Space", "upper": "Uppercase", "uppercase": "Uppercase", "whitespace": "White_Space",
    "white_space": "White_Space",
}  # fmt: skip
"""What other dialects call a property."""

_SCRIPTS: Final = """
    Adlam/Adlm Ahom Anatolian_Hieroglyphs/Hluw Arabic/Arab Armenian/Armn Avestan/Avst Balinese/Bali
    Bamum/Bamu Bassa_Vah/Bass Batak/Batk Bengali/Beng Bhaiksuki/Bhks Bopomofo/Bopo Brahmi/Brah
    Braille/Brai Buginese/Bugi Buhid/Buhd Canadian_Aboriginal/Cans Carian/Cari Caucasian_Albanian/Aghb
    Chakma/Cakm Cham Cherokee/Cher Chorasmian/Chrs Common/Zyyy Coptic/Copt/Qaac Cuneiform/Xsux
    Cypriot/Cprt Cypro_Minoan/Cpmn Cyrillic/Cyrl Deseret/Dsrt Devanagari/Deva Dives_Akuru/Diak Dogra/Dogr
    Duployan/Dupl Egyptian_Hieroglyphs/Egyp Elbasan/Elba Elymaic/Elym Ethiopic/Ethi Georgian/Geor
    Glagolitic/Glag Gothic/Goth Grantha/Gran Greek/Grek Gujarati/Gujr Gunjala_Gondi/Gong Gurmukhi/Guru
    Hangul/Hang Hani/Han Hanifi_Rohingya/Rohg Hanunoo/Hano Hatran/Hatr Hebrew/Hebr Hiragana/Hira
    Imperial_Aramaic/Armi Inherited/Zinh/Qaai Inscriptional_Pahlavi/Phli Inscriptional_Parthian/Prti
    Javanese/Java Kaithi/Kthi Kannada/Knda Katakana/Kana Kawi Kayah_Li/Kali Kharoshthi/Khar
    Khitan_Small_Script/Kits Khmer/Khmr Khojki/Khoj Khudawadi/Sind Laoo/Lao Latin/Latn Lepcha/Lepc
    Limbu/Limb Linear_A/Lina Linear_B/Linb Lisu Lycian/Lyci Lydian/Lydi Mahajani/Mahj Makasar/Maka
    Malayalam/Mlym Mandaic/Mand Manichaean/Mani Marchen/Marc Masaram_Gondi/Gonm Medefaidrin/Medf
    Meetei_Mayek/Mtei Mende_Kikakui/Mend Meroitic_Cursive/Merc Meroitic_Hieroglyphs/Mero Miao/Plrd Modi
    Mongolian/Mong Mroo/Mro Multani/Mult Myanmar/Mymr Nabataean/Nbat Nag_Mundari/Nagm Nandinagari/Nand
    New_Tai_Lue/Talu Newa Nkoo/Nko Nushu/Nshu Nyiakeng_Puachue_Hmong/Hmnp Ogham/Ogam Ol_Chiki/Olck
    Old_Hungarian/Hung Old_Italic/Ital Old_North_Arabian/Narb Old_Permic/Perm Old_Persian/Xpeo
    Old_Sogdian/Sogo Old_South_Arabian/Sarb Old_Turkic/Orkh Old_Uyghur/Ougr Oriya/Orya Osage/Osge
    Osmanya/Osma Pahawh_Hmong/Hmng Palmyrene/Palm Pau_Cin_Hau/Pauc Phags_Pa/Phag Phoenician/Phnx
    Psalter_Pahlavi/Phlp Rejang/Rjng Runic/Runr Samaritan/Samr Saurashtra/Saur Sharada/Shrd Shavian/Shaw
    Siddham/Sidd SignWriting/Sgnw Sinhala/Sinh Sogdian/Sogd Sora_Sompeng/Sora Soyombo/Soyo Sundanese/Sund
    Syloti_Nagri/Sylo Syriac/Syrc Tagalog/Tglg Tagbanwa/Tagb Tai_Le/Tale Tai_Tham/Lana Tai_Viet/Tavt
    Takri/Takr Tamil/Taml Tangsa/Tnsa Tangut/Tang Telugu/Telu Thaana/Thaa Thai Tibetan/Tibt Tifinagh/Tfng
    Tirhuta/Tirh Toto Ugaritic/Ugar Vaii/Vai Vithkuqi/Vith Wancho/Wcho Warang_Citi/Wara Yezidi/Yezi
    Yiii/Yi Zanabazar_Square/Zanb
    """
"""The scripts, each with its other names."""

_UNNAMED: Final = frozenset({"Common", "Inherited", "Tangut"})
"""Scripts whose characters can't be told by their names."""
_PREFIXES: Final[Mapping[str, str]] = {
    "Anatolian_Hieroglyphs": "Anatolian hieroglyph", "Canadian_Aboriginal": "Canadian syllabics",
    "Cypro_Minoan": "Cypro-Minoan", "Egyptian_Hieroglyphs": "Egyptian hieroglyph",
    "Meroitic_Hieroglyphs": "Meroitic hieroglyphic", "Phags_Pa": "Phags-pa",
}  # fmt: skip
"""How the names of a script's characters begin, where it is not with that of the script."""
_SCRIPT_RANGES: Final[Mapping[str, str]] = {
    "Arabic": """
        600-604 606-60b 60d-61a 61c-61e 620-63f 641-64a 656-66f 671-6dc 6de-6ff 750-77f 870-891
        897-8e1 8e3-8ff fb50-fd3d fd40-fdcf fdf0-fdff fe70-fe74 fe76-fefc 10e60-10e7e 10ec2-10ec7
        10ed0-10ed8 10efa-10eff 1ee00-1ee03 1ee05-1ee1f 1ee21-1ee22 1ee24 1ee27 1ee29-1ee32
        1ee34-1ee37 1ee39 1ee3b 1ee42 1ee47 1ee49 1ee4b 1ee4d-1ee4f 1ee51-1ee52 1ee54 1ee57 1ee59
        1ee5b 1ee5d 1ee5f 1ee61-1ee62 1ee64 1ee67-1ee6a 1ee6c-1ee72 1ee74-1ee77 1ee79-1ee7c 1ee7e
        1ee80-1ee89 1ee8b-1ee9b 1eea1-1eea3 1eea5-1eea9 1eeab-1eebb 1eef0-1eef1
    """,
    "Armenian": "531-556 559-58a 58d-58f fb13-fb17",
    "Avestan": "10b00-10b35 10b39-10b3f",
    "Bopomofo": "2ea-2eb 3105-312f 31a0-31bf",
    "Coptic": "3e2-3ef 2c80-2cf3 2cf9-2cff",
    "Cyrillic": """
        400-484 487-52f 1c80-1c8a 1d2b 1d78 2de0-2dff a640-a69f fe2e-fe2f 1e030-1e06d 1e08f
    """,
    "Devanagari": "900-950 955-963 966-97f a8e0-a8ff 11b00-11b09",
    "Georgian": """
        10a0-10c5 10c7 10cd 10d0-10fa 10fc-10ff 1c90-1cba 1cbd-1cbf 2d00-2d25 2d27 2d2d
    """,
    "Glagolitic": "2c00-2c5f 1e000-1e006 1e008-1e018 1e01b-1e021 1e023-1e024 1e026-1e02a",
    "Grantha": """
        11300-11303 11305-1130c 1130f-11310 11313-11328 1132a-11330 11332-11333 11335-11339
        1133c-11344 11347-11348 1134b-1134d 11350 11357 1135d-11363 11366-1136c 11370-11374
    """,
    "Greek": """
        370-373 375-377 37a-37d 37f 384 386 388-38a 38c 38e-3a1 3a3-3e1 3f0-3ff 1d26-1d2a 1d5d-1d61
        1d66-1d6a 1dbf 1f00-1f15 1f18-1f1d 1f20-1f45 1f48-1f4d 1f50-1f57 1f59 1f5b 1f5d 1f5f-1f7d
        1f80-1fb4 1fb6-1fc4 1fc6-1fd3 1fd6-1fdb 1fdd-1fef 1ff2-1ff4 1ff6-1ffe 2126 ab65 10140-1018e
        101a0 1d200-1d245
    """,
    "Han": """
        2e80-2e99 2e9b-2ef3 2f00-2fd5 3005 3007 3021-3029 3038-303b 3400-4dbf 4e00-9fff f900-fa6d
        fa70-fad9 16fe2-16fe3 16ff0-16ff6 20000-2a6df 2a700-2b81d 2b820-2cead 2ceb0-2ebe0 2ebf0-2ee5d
        2f800-2fa1d 30000-3134a 31350-33479
    """,
    "Hangul": """
        1100-11ff 302e-302f 3131-318e 3200-321e 3260-327e a960-a97c ac00-d7a3 d7b0-d7c6 d7cb-d7fb
        ffa0-ffbe ffc2-ffc7 ffca-ffcf ffd2-ffd7 ffda-ffdc
    """,
    "Hiragana": "3041-3096 309d-309f 1b001-1b11f 1b132 1b150-1b152 1f200",
    "Javanese": "a980-a9cd a9d0-a9d9 a9de-a9df",
    "Katakana": """
        30a1-30fa 30fd-30ff 31f0-31ff 32d0-32fe 3300-3357 ff66-ff6f ff71-ff9d 1aff0-1aff3 1aff5-1affb
        1affd-1affe 1b000 1b120-1b122 1b155 1b164-1b167
    """,
    "Kayah_Li": "a900-a92d a92f",
    "Latin": """
        41-5a 61-7a aa ba c0-d6 d8-f6 f8-2b8 2e0-2e4 1d00-1d25 1d2c-1d5c 1d62-1d65 1d6b-1d77 1d79-1dbe
        1e00-1eff 2071 207f 2090-209c 212a-212b 2132 214e 2160-2188 2c60-2c7f a722-a787 a78b-a7dc
        a7f1-a7ff ab30-ab5a ab5c-ab64 ab66-ab69 fb00-fb06 ff21-ff3a ff41-ff5a 10780-10785 10787-107b0
        107b2-107ba 1df00-1df1e 1df25-1df2a
    """,
    "Mongolian": "1800-1801 1804 1806-1819 1820-1878 1880-18aa 11660-1166c",
    "Old_Permic": "10350-1037a",
    "Runic": "16a0-16ea 16ee-16f8",
    "Thai": "e01-e3a e40-e5b",
}
"""The characters of scripts that have others than their names say (Unicode 17, Scripts.txt)."""
