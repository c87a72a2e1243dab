"""Who issues a paper and what stands in its head and foot: the organisation's settings, with words for every language."""

from dataclasses import dataclass

from inspector_app.store import settings
from inspector_app.store.database import Store

ISSUER = {
    "zh-Hant": "廣州市海珠區復工復產工作專班",
    "zh-Hans": "广州市海珠区复工复产工作专班",
    "en": "Haizhu District Task Force for Resuming Work, Guangzhou",
}
TEAM = {"zh-Hant": "第{:02d}服務隊", "zh-Hans": "第{:02d}服务队", "en": "Service team {:02d}"}
BRIEF_TEAM = {"zh-Hant": "第{:02d}隊", "zh-Hans": "第{:02d}队", "en": "Team {:02d}"}


@dataclass(frozen=True)
class Letterhead:
    """What the organisation has set for its papers."""

    issuer: str
    hotline: str


def read(store: Store, language: str) -> Letterhead:
    """The settings in force; an issuer that nobody has set is the district's task force."""
    with store.reading() as session:
        return Letterhead(settings.get(session, "issuer") or ISSUER[language], settings.get(session, "hotline"))
