"""Tokens to AST by precedence climbing; long chains stay flat, nesting is capped."""

from collections.abc import Callable
from functools import lru_cache

from .lexer import Token, tokens
from .syntax import Call, Chain, Expr, Filter, Literal, Negate, Number, Path, Step, Union, XPathSyntaxError

MAX_NESTING = 100
MAX_TERMS = 20_000
_LEVELS = (("or",), ("and",), ("=", "!="), ("<", "<=", ">", ">="), ("+", "-"), ("*", "div", "mod"))
_PRECEDENCE = {operator: level for level, operators in enumerate(_LEVELS, 1) for operator in operators}
AXES = frozenset(
    [
        "child",
        "parent",
        "self",
        "attribute",
        "descendant",
        "descendant-or-self",
        "ancestor",
        "ancestor-or-self",
        "following",
        "preceding",
        "following-sibling",
        "preceding-sibling",
        "namespace",
    ]
)
_NODE_TESTS = frozenset(["node", "text", "comment", "processing-instruction"])


@lru_cache(maxsize=4096)
def parse(text: str) -> Expr:
    """AST of `text`. XPathSyntaxError if it is no expression or exceeds the limits of forms.md §8."""
    try:
        parser = _Parser(tokens(text))
        tree = parser.expression()
        parser.expect_end()
    except RecursionError:
        raise XPathSyntaxError("The expression is nested too deeply.") from None
    return tree


@lru_cache(maxsize=4096)
def _way(text: str) -> Path:
    """`/data/group/question`: one Path for all expressions that read it."""
    return Path(True, None, tuple(_child(name) for name in text[1:].split("/")))


@lru_cache(maxsize=4096)
def _child(name: str) -> Step:
    return Step("child", name)


_LEAVES: dict[str, Callable[[str], Expr]] = {
    "way": _way,
    "literal": lambda text: Literal(text[1:-1]),
    "number": lambda text: Number(float(text)),
}
_AFTER_LEAF = frozenset(["", ")", ",", "]", *_PRECEDENCE])
"""What follows an operand that is neither filtered, joined nor the start of a path."""


class _Parser:
    def __init__(self, stream: list[Token]) -> None:
        self.stream = [*stream, stream[-1], stream[-1]]
        self.at = 0
        self.depth = 0

    def text(self, offset: int = 0) -> str:
        return self.stream[self.at + offset][1]

    def kind(self) -> str:
        return self.stream[self.at][0]

    def take(self, text: str) -> bool:
        kind, found, _ = self.stream[self.at]
        if found != text or (kind != "symbol" and kind != "operator"):
            return False
        self.at += 1
        return True

    def expect(self, text: str) -> None:
        if not self.take(text):
            raise self.unexpected(f"“{text}” is missing")

    def expect_end(self) -> None:
        if self.kind() != "end":
            raise self.unexpected("The expression should end")

    def unexpected(self, what: str) -> XPathSyntaxError:
        kind, text, at = self.stream[self.at]
        place = "at the end" if kind == "end" else f"before “{text[:30]}” at character {at + 1}"
        return XPathSyntaxError(f"{what} {place}.")

    def expression(self, minimum: int = 1) -> Expr:
        self.depth += 1
        if self.depth > MAX_NESTING * 2:
            raise XPathSyntaxError(f"The expression nests more than {MAX_NESTING} levels deep.")
        left = self.leaf() or self.unary()
        stream = self.stream
        while stream[self.at][0] == "operator" and (level := _PRECEDENCE[stream[self.at][1]]) >= minimum:
            rest = []
            while stream[self.at][0] == "operator" and _PRECEDENCE[operator := stream[self.at][1]] == level:
                self.at += 1
                rest.append((operator, self.expression(level + 1)))
            left = Chain(left, tuple(rest))
        self.depth -= 1
        return left

    def leaf(self) -> Expr | None:
        """A plain path or a constant that stands alone, the commonest operands; None for anything else."""
        kind, text, _ = self.stream[self.at]
        if kind not in _LEAVES or self.stream[self.at + 1][1] not in _AFTER_LEAF:
            return None
        self.at += 1
        return _LEAVES[kind](text)

    def unary(self) -> Expr:
        minuses = 0
        while self.take("-"):
            minuses += 1
        first = self.path()
        if not minuses and self.text() != "|":
            return first
        terms = [first]
        while self.take("|"):
            terms.append(self.path())
        tree: Expr = terms[0] if len(terms) == 1 else Union(tuple(terms))
        if minuses:
            tree = Negate(tree)
            if minuses % 2 == 0:
                tree = Negate(tree)
        return tree

    def path(self) -> Expr:
        kind, text, _ = self.stream[self.at]
        if kind == "way":
            self.at += 1
            return _way(text)
        if kind in ("number", "literal") or text == "(" or self._at_call():
            return self.filter_path()
        if text == "//":
            return Path(True, None, tuple(self.steps()))
        if self.take("/"):
            return Path(True, None, tuple(self.steps()) if self._at_step() else ())
        return Path(False, None, tuple(self.steps()))

    def _at_call(self) -> bool:
        kind, text, _ = self.stream[self.at]
        return kind == "name" and self.text(1) == "(" and text not in _NODE_TESTS

    def _at_step(self) -> bool:
        kind, text, _ = self.stream[self.at]
        return kind == "name" or (kind == "symbol" and text in (".", "..", "@", "*"))

    def filter_path(self) -> Expr:
        source = self.primary()
        predicates = self.predicates()
        if predicates:
            source = Filter(source, predicates)
        if self.text() == "//":
            return Path(False, source, tuple(self.steps()))
        if self.take("/"):
            return Path(False, source, tuple(self.steps()))
        return source

    def primary(self) -> Expr:
        kind, text, _ = self.stream[self.at]
        self.at += 1
        if kind in _LEAVES:
            return _LEAVES[kind](text)
        if text == "(":
            inside = self.expression()
            self.expect(")")
            return inside
        self.expect("(")
        return Call(text, tuple(self.arguments()))

    def arguments(self) -> list[Expr]:
        found: list[Expr] = []
        if self.take(")"):
            return found
        found.append(self.expression())
        while self.take(","):
            found.append(self.expression())
        self.expect(")")
        return found

    def steps(self) -> list[Step]:
        found: list[Step] = []
        if self.take("//"):
            found.append(Step("descendant-or-self", "node()"))
        found.append(self.step())
        while True:
            if self.take("//"):
                found.append(Step("descendant-or-self", "node()"))
            elif not self.take("/"):
                return found
            found.append(self.step())
            if len(found) > MAX_TERMS:
                raise XPathSyntaxError("The path has too many steps.")

    def step(self) -> Step:
        if self.take(".."):
            return Step("parent", "node()", self.predicates())
        if self.take("."):
            return Step("self", "node()", self.predicates())
        axis = "child"
        if self.take("@"):
            axis = "attribute"
        elif self.text(1) == "::" and self.kind() == "name":
            axis = self.text()
            if axis not in AXES:
                raise XPathSyntaxError(f"“{axis}” is not an axis.")
            self.at += 2
        return self.node_test(axis)

    def node_test(self, axis: str) -> Step:
        kind, text, _ = self.stream[self.at]
        if kind != "name" and text != "*":
            raise self.unexpected("A name or value is missing")
        self.at += 1
        if self.text() != "(" or text not in _NODE_TESTS:
            return Step(axis, text, self.predicates())
        self.expect("(")
        target = ""
        if self.kind() == "literal":
            target = self.text()[1:-1]
            self.at += 1
        self.expect(")")
        return Step(axis, f"{text}()", self.predicates(), target)

    def predicates(self) -> tuple[Expr, ...]:
        found: list[Expr] = []
        while self.take("["):
            found.append(self.expression())
            self.expect("]")
        return tuple(found)
