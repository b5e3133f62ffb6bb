"""What somebody probably meant."""

from collections.abc import Iterable
from difflib import get_close_matches


def nearest(word: str, known: Iterable[str], otherwise: str) -> str:
    """`did you mean ...` when a known word is near, else `otherwise`.

    >>> nearest("recah", ["reach", "ramp"], "delete it")
    "did you mean 'reach'?"
    """
    found = near(word, known)
    return f"did you mean {found!r}?" if found else otherwise


def near(word: str, known: Iterable[str]) -> str | None:
    """The known word most like `word`, if one is like it at all.

    >>> near("Flows.csv", ["flows.csv", "income.csv"]), near("x", ["reach"])
    ('flows.csv', None)
    """
    plain = {k.lower(): k for k in known}
    found = get_close_matches(word.lower(), list(plain), n=1, cutoff=0.6)
    return plain[found[0]] if found else None


def listed(words: Iterable[str], most: int = 12) -> str:
    """Words in a row, cut where there are many.

    >>> listed(["b", "a"]), listed("abc", most=2)
    ('a, b', 'a, b and 1 more')
    """
    known = sorted(words)
    shown = ", ".join(known[:most])
    return shown if len(known) <= most else f"{shown} and {len(known) - most} more"
