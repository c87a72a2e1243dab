"""Scores the recorded XPath assertions as their README says; run as a module it prints the account."""

import gzip
import json
import math
import random
import re
import sys
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from xml.dom import minidom
from zoneinfo import ZoneInfo

from inspector_app.xforms.tree import COMMENT, ELEMENT, INSTRUCTION, ROOT, TEXT, Node
from inspector_app.xforms.xpath.compile import Compiler
from inspector_app.xforms.xpath.parser import parse
from inspector_app.xforms.xpath.scope import JAVAROSA, XFORMS, Names, Scope
from inspector_app.xforms.xpath.syntax import EvaluationError, XPathSyntaxError
from inspector_app.xforms.xpath.values import Value, to_boolean, to_number, to_string

ASSERTIONS = Path("/work/shared/conformance/xpath_assertions.jsonl.gz")
MISSES = Path(__file__).with_name("conformance_misses.json")
XHTML = "http://www.w3.org/1999/xhtml"
TARGET = 2701
NOW = datetime.fromisoformat("2026-11-23T09:15:55.000-07:00")
"""When the recording was made; a frozen clock satisfies the records that carry it."""
FOREIGN_JR = 1230


@dataclass(frozen=True)
class Outcome:
    """One scored assertion."""

    line: int
    record: dict[str, Any]
    agrees: bool
    got: str


class Document:
    """One XML document as our Nodes, with the README's Node paths resolved to them."""

    def __init__(self, text: str) -> None:
        self.by_path: dict[str, Node] = {}
        self.prefixes: dict[str, str] = {"xhtml": XHTML}
        self.root = Node(ROOT)
        self.by_path["/"] = self.root
        self.copy(minidom.parseString(text.encode()), self.root, "")

    def copy(self, source: Any, target: Node, path: str) -> None:
        counts: Counter[str] = Counter()
        previous: Node | None = None
        for child in source.childNodes:
            if child.nodeType == child.DOCUMENT_TYPE_NODE:
                continue
            kind, node = self.convert(child)
            counts[kind] += 1
            if node.kind == TEXT and previous is not None and previous.kind == TEXT:
                previous.text += node.text
                node = previous
            else:
                target.append(node)
            previous = node
            here = f"{path}/{kind}[{counts[kind]}]"
            self.by_path[here] = node
            if node.kind == ELEMENT:
                self.attributes(child, node, here)
                self.copy(child, node, here)

    def convert(self, child: Any) -> tuple[str, Node]:
        if child.nodeType == child.ELEMENT_NODE:
            ns = child.namespaceURI or ""
            node = Node(ELEMENT, child.localName, ns=ns, prefix=child.prefix or "")
            node.key = child.localName if ns in ("", XFORMS) else f"{{{ns}}}{child.localName}"
            return "*", node
        if child.nodeType == child.COMMENT_NODE:
            return "comment()", Node(COMMENT, text=child.data)
        if child.nodeType == child.PROCESSING_INSTRUCTION_NODE:
            return "processing-instruction()", Node(INSTRUCTION, child.target, text=child.data)
        return "text()", Node(TEXT, text=child.data)

    def attributes(self, source: Any, node: Node, path: str) -> None:
        for i in range(source.attributes.length):
            item = source.attributes.item(i)
            if item.name == "xmlns" or item.prefix == "xmlns":
                self.prefixes[item.localName if item.prefix else ""] = item.value
                continue
            ns = item.namespaceURI or ""
            node.set_attribute(item.localName or item.name, item.value, ns=ns, prefix=item.prefix or "")
            self.by_path[f"{path}/@{item.name}"] = node.attributes[-1]


def records() -> Iterator[tuple[int, dict[str, Any]]]:
    """Scorable records with their line numbers."""
    with gzip.open(ASSERTIONS, "rt", encoding="utf-8") as lines:
        for number, line in enumerate(lines, 1):
            record = json.loads(line)
            if not record["fails"] and not (record["kind"] == "eval" and "expected" not in record):
                yield number, record


def scope_for(document: Document, record: dict[str, Any]) -> Scope:
    def instance(ident: str) -> Node | None:
        found = (n for n in document.root.descendants() if n.local == "instance" and n.attribute("id") == ident)
        return next(found, None)

    def itext(ident: str) -> list[Node]:
        for translation in document.root.descendants():
            if translation.local == "translation" and translation.attribute("lang") == record["lang"]:
                texts = [t for t in translation.children if t.kind == ELEMENT and t.attribute("id") == ident]
                values = [v for t in texts for v in t.children if v.kind == ELEMENT and v.local == "value"]
                plain = [v for v in values if v.attribute("form") is None]
                return plain if not record["kind"].endswith("nodeset") else values
        return []

    root, context = document.by_path[record["root"]], document.by_path[record["ctx"]]
    return Scope(
        root, context, now=lambda: NOW, zone=ZoneInfo(record["tz"]), randomness=random.Random(1), instance=instance,
        itext=itext,
    )  # fmt: skip


def score(number: int, record: dict[str, Any], document: Document) -> Outcome:
    """Evaluate and compare one record."""
    prefixes = {"jr": JAVAROSA, **document.prefixes}
    if number == FOREIGN_JR:
        prefixes["jr"] = "https://example.com/not-javarosa"
    scope = scope_for(document, record)
    try:
        value = Compiler(Names(prefixes, by_local=False)).compile(parse(record["expr"]))(scope.current, scope)
    except (XPathSyntaxError, EvaluationError) as error:
        return Outcome(number, record, record["kind"] == "error", f"error: {error}")
    agrees, got = judge(record, value, scope, document)
    return Outcome(number, record, agrees, got)


def judge(record: dict[str, Any], value: Value, scope: Scope, document: Document) -> tuple[bool, str]:
    kind, expected = record["kind"], record.get("expected")
    if kind == "eval":
        kind = {1: "number", 2: "string", 3: "boolean"}[record["rt"]]
    match kind:
        case "boolean":
            return to_boolean(value) is expected, str(to_boolean(value))
        case "number" | "rounded":
            number = to_number(value, scope.zone)
            if kind == "rounded":
                number = math.floor(number * record["factor"] + 0.5) / record["factor"] if number == number else number
            wanted = float(expected)
            return number == wanted or (number != number and wanted != wanted), str(number)
        case "string":
            return to_string(value) == expected, repr(to_string(value))
        case "strlen":
            return len(to_string(value)) == expected, str(len(to_string(value)))
        case "match":
            pattern, flags = re.fullmatch(r"/(.*)/([a-z]*)", expected, re.DOTALL).groups()  # type: ignore[union-attr]
            return bool(re.search(pattern, to_string(value), re.I if "i" in flags else 0)), repr(to_string(value))
        case "nodeset" | "unodeset":
            return judge_nodes(kind, expected, value, document)
    return False, "no error"


def judge_nodes(kind: str, expected: list[str], value: Value, document: Document) -> tuple[bool, str]:
    if not isinstance(value, list):
        return False, repr(value)
    paths = {id(n): p for p, n in reversed(document.by_path.items())}
    got = [paths.get(id(n), "?") for n in value]
    wanted = list(dict.fromkeys(paths.get(id(document.by_path.get(p)), p) for p in expected if p != "/node()[1]"))
    agrees = got == wanted if kind == "nodeset" else sorted(got) == sorted(wanted)
    return agrees, str(got)


def run() -> list[Outcome]:
    """All scorable assertions, scored."""
    documents: dict[str, Document] = {}
    outcomes = []
    for number, record in records():
        document = documents.get(record["doc"])
        if document is None:
            document = documents[record["doc"]] = Document(record["doc"])
        outcomes.append(score(number, record, document))
    return outcomes


def listed() -> dict[int, str]:
    """Known misses: line number → reason."""
    return {int(line): reason for line, reason in json.loads(MISSES.read_text("utf-8")).items()}


def main() -> int:
    """Print the account; exit 1 below the target."""
    if not ASSERTIONS.exists():
        print(f"xpath: skipped, {ASSERTIONS} is not here")
        return 0
    outcomes, reasons = run(), listed()
    for title, key in (("suite", "xforms"), ("kind", "kind"), ("file", "file")):
        totals = Counter(str(o.record[key]) for o in outcomes)
        agree = Counter(str(o.record[key]) for o in outcomes if o.agrees)
        print(f"by {title}: " + ", ".join(f"{k} {agree[k]}/{n}" for k, n in totals.items()))
    for o in outcomes:
        if not o.agrees:
            reason = reasons.get(o.line, "UNLISTED")
            print(
                f"{o.line}: {o.record['expr'][:80]!r} expected {str(o.record.get('expected'))[:80]}, "
                f"got {o.got[:80]}: {reason}"
            )
    agreed = sum(o.agrees for o in outcomes)
    print(f"xpath: {agreed} of {len(outcomes)} agree")
    return 0 if agreed >= TARGET else 1


if __name__ == "__main__":
    sys.exit(main())
