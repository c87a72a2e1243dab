"""The only XML entry: hostile bytes in, a bounded lxml element out, or one plain sentence."""

from typing import Any

from lxml import etree

from .problems import FormError

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 64
MAX_TEXT = 1024 * 1024

Element = Any
"""lxml's element; its stubs type every attribute as optional, which helps nobody here."""


def parse(source: bytes, *, what: str = "form") -> Element:
    """Root element of `source`. FormError if malformed, too big, too deep, or with a DOCTYPE (forms.md §8)."""
    if len(source) > MAX_BYTES:
        raise FormError(f"The {what} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        reason = str(error).split("\n")[0][:200]
        raise FormError(f"The {what} is not well-formed XML: {reason}.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormError(f"The {what} contains a DOCTYPE, which is refused for safety.")
    _check_bounds(root, what)
    return root


def _check_bounds(root: Element, what: str) -> None:
    depth = 0
    for event, element in etree.iterwalk(root, events=("start", "end")):
        if event == "end":
            depth -= 1
            continue
        depth += 1
        if depth > MAX_DEPTH:
            raise FormError(f"The {what} nests elements more than {MAX_DEPTH} deep.")
        longest = max((len(v) for v in (element.text or "", *element.attrib.values())), default=0)
        if longest > MAX_TEXT:
            raise FormError(f"The {what} has a text longer than {MAX_TEXT // 1024} KB.")


def local(element: Element) -> str:
    """Name without its namespace; '' for anything that is not an element."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def namespace(element: Element) -> str:
    """Namespace URI of an element, '' for none."""
    tag = element.tag
    return tag[1:].partition("}")[0] if isinstance(tag, str) and tag.startswith("{") else ""


def split(name: str) -> tuple[str, str]:
    """`{uri}local` → (uri, local)."""
    if name.startswith("{"):
        uri, _, rest = name[1:].partition("}")
        return uri, rest
    return "", name
