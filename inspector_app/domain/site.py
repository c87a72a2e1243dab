"""Places that are visited: type, subdistrict, 統一社會信用代碼 and how a registry row becomes a Site."""

import re
from dataclasses import dataclass

SITE_TYPES = {
    "PK": "園區",
    "IN": "工業企業",
    "OF": "商務樓宇",
    "CS": "建築工地",
    "WM": "專業批發市場",
    "FB": "餐飲",
    "RT": "商超/零售",
    "EX": "會展",
}
"""domain.md §3; the words a registry may use for each code are in `registry.py`."""

STREETS = (
    "赤崗", "新港", "昌崗", "江南中", "濱江", "素社", "海幢", "南華西", "龍鳳",
    "沙園", "南石頭", "鳳陽", "瑞寶", "江海", "琶洲", "南洲", "華洲", "官洲",
)  # fmt: skip
"""The 18 subdistricts of Haizhu in order of their statistical codes 440105001–018."""

CODE_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_WEIGHTS = tuple(pow(3, i, 31) for i in range(17))
_MOBILE = re.compile(r"1[3-9]\d{9}")


@dataclass(frozen=True)
class Site:
    """One row of the registry. `type` is a code of SITE_TYPES; `team` 0 means not assigned; `remarks` keeps unknown columns."""

    id: str
    name: str
    street: str
    type: str
    code: str = ""
    address: str = ""
    contact: str = ""
    phone: str = ""
    park: str = ""
    group: str = ""
    department: str = ""
    area: str = ""
    risk: str = ""
    team: int = 0
    headcount: int = 0
    remarks: str = ""


SITE_FIELDS = (
    "name", "street", "type", "code", "address", "contact", "phone", "park",
    "group", "department", "area", "risk", "team", "headcount", "remarks",
)  # fmt: skip


def clean_code(text: str) -> str:
    """Spaces and hyphens out, upper case: the form in which codes are stored and compared."""
    return re.sub(r"[\s\-]", "", text).upper()


def credit_check_character(first17: str) -> str:
    """The 18th character: (31 − Σ Cᵢ·Wᵢ mod 31) mod 31 as index into the alphabet (GB 32100-2015).

    Raises ValueError for a length other than 17 or a character outside the alphabet.
    """
    if len(first17) != 17:
        raise ValueError("17 characters are needed")
    total = sum(CODE_ALPHABET.index(c) * w for c, w in zip(first17, _WEIGHTS, strict=True))
    return CODE_ALPHABET[(31 - total % 31) % 31]


def credit_code_problem(code: str) -> str | None:
    """None when the code is well-formed, else a key: `code_length`, `code_character`, `code_check`. Only ever a warning."""
    code = clean_code(code)
    if len(code) != 18:
        return "code_length"
    if any(c not in CODE_ALPHABET for c in code):
        return "code_character"
    return None if credit_check_character(code[:17]) == code[17] else "code_check"


def mask_phone(text: str) -> str:
    """138****8000 on screen and on paper (domain.md §3); other numbers keep their last two digits."""
    digits = re.sub(r"^(\+86|0086)|[\s\-]", "", text.strip())
    if _MOBILE.fullmatch(digits):
        return f"{digits[:3]}****{digits[-4:]}"
    return f"{digits[:-6]}****{digits[-2:]}" if len(digits) >= 8 else digits
