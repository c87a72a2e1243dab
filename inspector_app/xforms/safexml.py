"""The only XML entry: hostile bytes in, a bounded lxml element out, or one plain sentence."""

from typing import Any

from lxml import etree

from .problems import FormError

MAX_BYTES = 20 * 1024 * 1024
MAX_DEPTH = 64
MAX_TEXT = 1024 * 1024
MAX_MARKS = 600_000
"""So many `<` a document may have; each element takes half a kilobyte of memory in the end."""
_TOO_LONG = etree.XPath(f"boolean(//text()[string-length() > {MAX_TEXT}] | //@*[string-length() > {MAX_TEXT}])")
_TOO_DEEP = etree.XPath(f"boolean(//*[count(ancestor::*) >= {MAX_DEPTH}])")

Element = Any
"""lxml's element; its stubs type every attribute as optional, which helps nobody here."""


def parse(source: bytes, *, what: str = "form") -> Element:
    """Root element of `source`. FormError if malformed, too big, too deep, or with a DOCTYPE (forms.md §8)."""
    if len(source) > MAX_BYTES:
        raise FormError(f"The {what} is larger than {MAX_BYTES // 1024 // 1024} MB.")
    if source.count(b"<") > MAX_MARKS:
        raise FormError(f"The {what} has too many elements.")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(source, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        if b"<!DOCTYPE" in source.replace(b"\0", b""):
            raise FormError(f"The {what} contains a DOCTYPE, which is refused for safety.") from None
        reason = str(error).split("\n")[0].partition(" (<string>")[0][:200]
        raise FormError(f"The {what} is not well-formed XML: {reason}.") from None
    if root.getroottree().docinfo.internalDTD is not None:
        raise FormError(f"The {what} contains a DOCTYPE, which is refused for safety.")
    if _TOO_DEEP(root):
        raise FormError(f"The {what} nests elements more than {MAX_DEPTH} deep.")
    if len(source) > MAX_TEXT and _TOO_LONG(root):
        raise FormError(f"The {what} has a text longer than {MAX_TEXT // 1024} KB.")
    return root


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
