"""XForms as ODK writes them: load a form, fill it, get exactly what changed. Stands alone, see README.md."""

from .form import Form, load
from .model import Choice, Control, Delta, NodeState, Submission
from .problems import FormError, Problem
from .session import Session

__all__ = [
    "Choice",
    "Control",
    "Delta",
    "Form",
    "FormError",
    "NodeState",
    "Problem",
    "Session",
    "Submission",
    "load",
]
