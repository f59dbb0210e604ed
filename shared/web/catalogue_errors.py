"""Reads the sentences of refusals out of the code, where they stand as plain arguments.

`raise InvalidInput("...", remedy="...")` needs no marking: this module knows every class derived
from DomainError by its class statement, and takes the sentences from its calls.
"""

import ast
from collections.abc import Iterable, Iterator, Mapping

ROOTS = frozenset({"DomainError", "FieldProblem"})
_NAMED_SENTENCES = frozenset({"message", "remedy"})


def error_sentences(modules: Iterable[ast.Module]) -> Iterator[str]:
    """Yields first argument, `message` and `remedy` of every call that makes a refusal."""
    trees = list(modules)
    errors = error_classes(trees)
    for tree in trees:
        for node in ast.walk(tree):
            if isinstance(node, ast.Call) and _name(node.func) in errors:
                yield from _sentences(node)
            if isinstance(node, ast.ClassDef) and node.name in errors:
                yield from _own_sentences(node)


def error_classes(trees: Iterable[ast.Module]) -> frozenset[str]:
    """Returns the names of DomainError, FieldProblem and whatever is derived from them."""
    bases = {
        node.name: {_name(base) for base in node.bases}
        for tree in trees
        for node in ast.walk(tree)
        if isinstance(node, ast.ClassDef)
    }
    return _closure(bases)


def _closure(bases: Mapping[str, set[str]]) -> frozenset[str]:
    known = set(ROOTS)
    while added := {name for name, parents in bases.items() if parents & known} - known:
        known |= added
    return frozenset(known)


def _own_sentences(error: ast.ClassDef) -> Iterator[str]:
    """What a refusal says of itself: `super().__init__("...", remedy="...")`."""
    for node in ast.walk(error):
        if isinstance(node, ast.Call) and _name(node.func) == "__init__":
            yield from _sentences(node)


def _sentences(call: ast.Call) -> Iterator[str]:
    named = [keyword.value for keyword in call.keywords if keyword.arg in _NAMED_SENTENCES]
    constants = [v.value for v in (*call.args[:1], *named) if isinstance(v, ast.Constant)]
    # A single word is a code, not a sentence.
    yield from (text for text in constants if isinstance(text, str) and " " in text)


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
