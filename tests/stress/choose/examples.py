"""Random choices between schemes, for tests."""

import numpy as np

from footprint.stress.choose.limits import limits_of


def instance(schemes, futures, seed, room=0.4, must=0):
    """Gains [n, S] with shared ups and downs, and limits with rules."""
    rng = np.random.default_rng(seed)
    cost = rng.lognormal(0, 0.6, schemes) * 1e6
    mean = cost * rng.uniform(-0.3, 1.5, schemes)
    shared, own = rng.standard_normal((futures, 1)), rng.standard_normal((futures, schemes))
    gain = mean + 0.6 * np.abs(mean) * (0.5 * shared + 0.87 * own) + 0.2 * cost * own
    names = [f"s{i}" for i in range(schemes)]
    first, once = rng.integers(0, 6, schemes), rng.uniform(0, 1e6, schemes)
    posts = rng.uniform(-1, 5, schemes)
    limits = limits_of(
        names,
        one_off=(once, room * once.sum()),
        recurrent=(cost, room * cost.sum()),
        staff={"nurses": (posts, max(room * posts.sum(), 1.0))},
        capacity={"reablement places": (first, float(room * first.sum()))},
        needs=[("s1", "s2"), ("s2", "s3")],
        not_both=[("s4", "s5")],
        must=names[6 : 6 + must],
    )
    return gain, limits
