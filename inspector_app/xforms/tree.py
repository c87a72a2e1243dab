"""The Node tree that expressions walk: elements with an index of their children's names."""

from collections.abc import Iterable, Iterator
from itertools import chain, repeat

ROOT, ELEMENT, ATTRIBUTE, TEXT, COMMENT, INSTRUCTION = range(6)


class Node:
    """One element, attribute or text. A leaf element keeps its effective value in `text`.

    `key` is what an unprefixed name in an expression must equal; Nodes in a foreign namespace have `{uri}local`.
    """

    __slots__ = ("attributes", "children", "index", "key", "kind", "local", "lookups", "ns", "parent", "prefix", "text")

    def __init__(self, kind: int, local: str = "", *, ns: str = "", text: str = "", prefix: str = "") -> None:
        self.kind = kind
        self.local = local
        self.ns = ns
        self.key = local
        self.prefix = prefix
        self.text = text
        self.parent: Node | None = None
        self.children: list[Node] = []
        self.attributes: list[Node] = []
        self.index: dict[str, list[Node]] | None = None
        self.lookups: dict[tuple[str, str], dict[str, list[Node]]] | None = None

    def append(self, child: "Node") -> "Node":
        """Add `child` as the last one and return it."""
        self.insert(len(self.children), child)
        return child

    def insert(self, at: int, child: "Node") -> None:
        """Add `child` before position `at`; of its name it must become the last."""
        child.parent = self
        self.children.insert(at, child)
        if self.index is not None and child.kind == ELEMENT:
            self._enter(self.index, child)

    def remove(self, child: "Node") -> None:
        """Take `child` out of the tree."""
        self.children.remove(child)
        child.parent = None
        if self.index is not None:
            for key in {child.key, f"{{{child.ns}}}{child.local}"}:
                if child in self.index.get(key, ()):
                    self.index[key].remove(child)

    def named(self, key: str) -> list["Node"]:
        """Child elements of that name, in order. The list is the index's own: never change it."""
        index = self.index
        if index is None:
            index = self.index = {}
            for child in self.children:
                if child.kind == ELEMENT:
                    self._enter(index, child)
        return index.get(key, [])

    @staticmethod
    def _enter(index: dict[str, list["Node"]], child: "Node") -> None:
        index.setdefault(child.key, []).append(child)
        if child.ns and child.key[:1] != "{":
            index.setdefault(f"{{{child.ns}}}{child.local}", []).append(child)

    def string(self) -> str:
        """XPath's string-value: own text of a leaf, else that of all text below."""
        if not self.children:
            return self.text
        return "".join(c.string() for c in self.children if c.kind in (ELEMENT, TEXT))

    def descendants(self) -> Iterator["Node"]:
        """Everything below in document order."""
        stack = list(reversed(self.children))
        while stack:
            node = stack.pop()
            yield node
            stack.extend(reversed(node.children))

    def root(self) -> "Node":
        """The topmost Node."""
        node = self
        while node.parent is not None:
            node = node.parent
        return node

    def attribute(self, local: str) -> str | None:
        """Value of the attribute with that local name."""
        return next((a.text for a in self.attributes if a.local == local), None)

    def set_attribute(self, local: str, value: str, *, ns: str = "", prefix: str = "") -> None:
        """Append an attribute Node."""
        node = Node(ATTRIBUTE, local, ns=ns, text=value, prefix=prefix)
        node.key = f"{{{ns}}}{local}" if ns else local
        node.parent = self
        self.attributes.append(node)


SEPARATOR = "\x1f"
"""Stands between the cells of a Row; in a cell itself it becomes a blank."""
_NONE: list[Node] = []


class Columns:
    """The headers of a list: names in order, and where each (the first of its name) stands."""

    __slots__ = ("at", "names")

    def __init__(self, names: Iterable[str]) -> None:
        self.names = tuple(names)
        self.at = {name: i for i, name in reversed(list(enumerate(self.names))) if name}


class Row(Node):
    """One item of a list that never changes; its cells are one text until they are looked at.

    200,000 items of ten columns are 60 MB this way, and 600 MB with a Node for each cell.
    """

    __slots__ = ("cells", "columns")

    def __init__(self, local: str, columns: Columns, cells: str) -> None:
        self.kind, self.local, self.key, self.ns, self.prefix, self.text = ELEMENT, local, local, "", "", ""
        self.parent = None
        self.attributes = _NONE
        self.index = self.lookups = None
        self.columns = columns
        self.cells = cells

    def __getattr__(self, name: str) -> list[Node]:
        if name != "children":  # the one slot that is never filled
            raise AttributeError(name)
        columns = self.columns
        texts = chain(self.cells.split(SEPARATOR), repeat(""))
        pairs = zip(columns.names, texts, strict=False)
        return [Cell(self, name, text) for at, (name, text) in enumerate(pairs) if columns.at.get(name) == at]

    def named(self, key: str) -> list[Node]:
        """The cell of that column, as a list of one."""
        text = self.cell(key)
        return [] if text is None else [Cell(self, key, text)]

    def cell(self, key: str) -> str | None:
        """Text of a column, None where there is none of that name."""
        at = self.columns.at.get(key)
        if at is None:
            return None
        texts = self.cells.split(SEPARATOR, at + 1)
        return texts[at] if at < len(texts) else ""

    def string(self) -> str:
        """All its text."""
        return self.cells.replace(SEPARATOR, "")


class Cell(Node):
    """A cell of a Row, made anew whenever it is looked at; equal to any other of the same place."""

    __slots__ = ()

    def __init__(self, row: Row, local: str, text: str) -> None:
        self.kind, self.local, self.key, self.ns, self.prefix, self.text = ELEMENT, local, local, "", "", text
        self.parent = row
        self.children = self.attributes = _NONE
        self.index = self.lookups = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Cell) and self.parent is other.parent and self.local == other.local

    def __hash__(self) -> int:
        return hash((id(self.parent), self.local))


def tabulate(items: list[Node], column: str) -> dict[str, list[Node]]:
    """Items by the text of one column."""
    table: dict[str, list[Node]] = {}
    for item in items:
        if isinstance(item, Row):
            text = item.cell(column)
            if text is not None:
                table.setdefault(text, []).append(item)
            continue
        for text in {cell.string() for cell in item.named(column)}:
            table.setdefault(text, []).append(item)
    return table


def has_column(items: Iterable[Node], name: str) -> bool:
    """Has any of the items a child of that name?"""
    seen: set[Columns] = set()
    for item in items:
        if not isinstance(item, Row):
            if item.named(name):
                return True
        elif item.columns not in seen:
            seen.add(item.columns)
            if name in item.columns.at:
                return True
    return False


def order_key(node: Node) -> tuple[tuple[int, int], ...]:
    """Sorts Nodes of one tree in document order: attributes after their element, before its children."""
    parts = []
    while node.parent is not None:
        parent = node.parent
        if node.kind == ATTRIBUTE:
            parts.append((0, _position(parent.attributes, node)))
        else:
            parts.append((1, _position(parent.children, node)))
        node = parent
    return tuple(reversed(parts))


def _position(nodes: list[Node], node: Node) -> int:
    return next((i for i, other in enumerate(nodes) if other is node or other == node), -1)


def in_order(nodes: list[Node]) -> list[Node]:
    """Without repeats, in document order (Nodes of several trees keep the trees' first-seen order)."""
    if len(nodes) < 2:
        return nodes
    unique = list(dict.fromkeys(nodes))
    trees = {id(root): i for i, root in reversed(list(enumerate(n.root() for n in unique)))}
    return sorted(unique, key=lambda n: (trees[id(n.root())], order_key(n)))
