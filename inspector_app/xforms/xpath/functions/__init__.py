"""The registry of all functions, merged from its families."""

from . import dates, geo, logic, nodeset, numeric, select, text
from .registry import MANY, Function

REGISTRY: dict[str, Function] = {
    f.name: f for family in (dates, geo, logic, nodeset, numeric, select, text) for f in family.FUNCTIONS
}

__all__ = ["MANY", "REGISTRY", "Function"]
