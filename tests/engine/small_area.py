"""Small made-up areas, and futures for them."""

import numpy as np

from footprint.engine import CohortArea


def made_up(seed: int = 1, **sizes: int) -> CohortArea:
    """An area of any sizes, its figures plausible and otherwise random."""
    size = {"L": 2, "S": 2, "A": 11, "G": 5, "T": 6, "V": 7, "Q": 3, "O": 4, "B": 4, "C": 2}
    size |= sizes
    L, S, A, G, T, V, Q, O, B, C = (size[letter] for letter in "LSAGTVQOBC")  # noqa: E741
    rng = np.random.default_rng(seed)
    inner = np.sort(rng.choice(np.arange(1, A), B - 1, replace=False))
    fertility = np.where((np.arange(A) > A // 4) & (np.arange(A) < A // 2), 0.1, 0.0)
    return CohortArea(
        people=rng.uniform(10, 1000, (L, S, A, G)),
        up=rng.uniform(0, 0.2, (S, A, G - 1)),
        down=rng.uniform(0, 0.1, (S, A, G - 1)),
        deaths=rng.uniform(0, 0.1, (S, A, G)),
        fertility=fertility,
        birth_share=rng.dirichlet(np.ones(S)),
        mother=S - 1,
        migration=rng.uniform(0, 1, (S, A)),
        reach=rng.uniform(0, 1, (L, T)),
        rates=rng.uniform(0, 3, (V, S, B, G)),
        unit_price=rng.uniform(10, 1000, V),
        share=rng.dirichlet(np.ones(O), (L, Q)),
        bed_use=np.where(np.arange(V) % 2, 0.01, 0.0),
        staff_use=rng.uniform(0, 0.01, V),
        band_start=np.array([0, *inner, A]),
        coarse_of_band=np.minimum(np.arange(B), C - 1),
        group_of_service=rng.permutation(np.arange(V) % Q),
    )


def futures(area: CohortArea, n: int, seed: int = 2) -> np.ndarray:
    """Futures in which every column moves."""
    shaken = np.random.default_rng(seed).uniform(-0.1, 0.1, (n, area.width))
    return area.neutral + shaken
