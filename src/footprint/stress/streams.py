"""Random streams: each belongs to one assumption and is keyed by that assumption's address.

    address + seed --blake2b--> sixteen 32-bit keys
    draw number    --eight keyed digit shuffles--> one number between 0 and 1

Nothing else enters: no neighbour, no order, no number of draws, no machine.
"""

from collections import Counter
from collections.abc import Sequence
from hashlib import blake2b

import numpy as np
from numpy.typing import NDArray

DIGITS = 8
"""Base-16 digits in a draw number, and in a drawn value."""

MOST_DRAWS = 16**DIGITS
"""Draw numbers run from 0 to one less than this (4,294,967,296)."""

AT_ONCE = 4096
"""Values drawn in one go, over one or more addresses."""

DIGIT_BITS = np.uint32(4)
LOWEST = np.uint32(15)
PLACES = np.arange(DIGITS, dtype=np.uint32) * DIGIT_BITS
"""Bits of one digit, the mask of the lowest digit, and where each digit starts in a word."""


def uniforms(addresses: Sequence[str], draws: int | range, seed: int) -> NDArray[np.float64]:
    """Give one evenly spread number between 0 and 1 per draw and address.

    Each column is a one-dimensional stratified stream: every aligned block of 16, 256, 4,096,
    ... draws (numbers 0 to 4,095, say, or 4,096 to 8,191) puts exactly one draw in each of the
    16, 256, 4,096, ... equal cells of the unit interval. Within that rule the order is random
    and independent from one address to the next, so two assumptions are correlated only as
    much as two shuffled packs of cards are.

    - A column depends on the seed, its address and the draw number, and on nothing else:
      adding, removing or reordering addresses changes no other column.
    - Draws 100 to 199 are the same whether asked for as `range(100, 200)` or as part of 4,096.
    - Values are the middles of 2^32 equal cells, so 0 and 1 themselves never occur.
    - Any number of draws is sound; whole multiples of 4,096 (or 256) gain the most.

    Dims: [draw, address], in the order given. Unit: a share of 1.

    Method: nested uniform (Owen) scrambling in base 16 of the van der Corput sequence, with the
    draw number shuffled along with the value so that addresses may be put side by side. Each
    digit is permuted by d -> a d + b over the field of sixteen elements, with (a, b) hashed
    from the digits around it: pairwise independence is all that a variance can see.
    A. B. Owen (1995), https://doi.org/10.1007/978-1-4612-2552-2_19; J. Matousek (1998),
    https://doi.org/10.1006/jcom.1998.0489; B. Burley (2020), shuffled scrambled Sobol,
    https://jcgt.org/published/0009/04/01/. Why not Sobol dimensions: docs/decisions/0002.

    Raises ValueError when an address is given twice (two columns would be one), when a draw
    number is negative or not below 16^8, or when the range counts down.

    >>> uniforms(["schemes/falls.reach", "prices/pay"], 4, seed=1).round(4)
    array([[0.1719, 0.2302],
           [0.0428, 0.6827],
           [0.4001, 0.1498],
           [0.2612, 0.7322]])
    >>> whole = uniforms(["prices/pay"], 4096, seed=1)
    >>> bool((uniforms(["prices/pay"], range(100, 103), seed=1) == whole[100:103]).all())
    True
    >>> np.bincount((whole[:, 0] * 4).astype(int)).tolist()  # an equal share to each quarter
    [1024, 1024, 1024, 1024]
    """
    _refuse_repeats(addresses)
    numbers = _draw_numbers(draws)
    columns = np.empty((len(addresses), len(numbers)))
    # As many streams at once as stay in the nearest cache: short ranges are then not all overhead.
    together = max(1, AT_ONCE // max(1, len(numbers)))
    for start in range(0, len(addresses), together):
        some = addresses[start : start + together]
        keys = np.stack([_keys(address, seed) for address in some], axis=1)
        columns[start : start + together] = _stream(np.tile(numbers, (len(some), 1)), keys)
    return columns.T


def _refuse_repeats(addresses: Sequence[str]) -> None:
    repeated = [address for address, times in Counter(addresses).items() if times > 1]
    if repeated:
        raise ValueError(
            f"These addresses are given more than once: {', '.join(repeated)}. "
            "An address has one stream; give each assumption its own address."
        )


def _draw_numbers(draws: int | range) -> NDArray[np.uint32]:
    wanted = range(draws) if isinstance(draws, int) else draws
    if wanted.step < 0 or not 0 <= wanted.start <= MOST_DRAWS or not 0 <= wanted.stop <= MOST_DRAWS:
        raise ValueError(
            f"Draws {wanted.start} to {wanted.stop} cannot be given. "
            f"Draw numbers count upwards from 0 to {MOST_DRAWS - 1:,}."
        )
    return np.arange(wanted.start, wanted.stop, wanted.step, dtype=np.int64).astype(np.uint32)


def _keys(address: str, seed: int) -> NDArray[np.uint32]:
    """Two 32-bit keys per digit, the same on every machine. Dims: [digit, 2]."""
    name = f"{seed}\n{address}".encode()
    digest = blake2b(name, digest_size=DIGITS * 8, person=b"footprint draws").digest()
    words: NDArray[np.uint32] = np.frombuffer(digest, dtype="<u4").astype(np.uint32)
    return words.reshape(DIGITS, 2)


def _stream(numbers: NDArray[np.uint32], keys: NDArray[np.uint32]) -> NDArray[np.float64]:
    """Turn draw numbers [address, draw] into stratified values between 0 and 1.

    The register starts as the draw number. Lowest digit first, each digit is replaced by its
    permuted self; the permutation is hashed from all the other digits, which at that moment
    are the value's digits so far and the draw number's digits still to come. Draws that share
    those are exactly the sixteen that must fall in sixteen different cells.
    """
    register, value = numbers.copy(), np.zeros_like(numbers)
    for place, key in zip(PLACES, keys, strict=True):
        digit = (register >> place) & LOWEST
        others = register ^ (digit << place)
        permuted = _permute(digit, _mix(others, key))
        register = others | (permuted << place)
        value = (value << DIGIT_BITS) | permuted
    shares: NDArray[np.float64] = (value + 0.5) / MOST_DRAWS
    return shares


def _mix(word: NDArray[np.uint32], key: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Spread every bit of a word [address, draw] over all 32, under two keys [address, 2].

    Multipliers and shifts: C. Wellons (2018), https://nullprogram.com/blog/2018/07/31/.
    """
    mixed: NDArray[np.uint32] = word ^ key[:, 0, None]
    mixed ^= mixed >> np.uint32(16)
    mixed *= np.uint32(0x7FEB352D)
    mixed ^= mixed >> np.uint32(15)
    mixed += key[:, 1, None]
    mixed *= np.uint32(0x846CA68B)
    mixed ^= mixed >> np.uint32(16)
    return mixed


def _permute(digit: NDArray[np.uint32], noise: NDArray[np.uint32]) -> NDArray[np.uint32]:
    """Replace digit d by a d + b in the field of sixteen: a from the high bits, b from the low.

    All sixteen digits keep sixteen different images, and any two different digits land on any
    two different images with equal chance (to 2 parts in 100,000: 15 does not divide 65,536).
    """
    half = np.uint32(16)
    multiplier = ((noise >> half) * np.uint32(15)) >> half
    product = PRODUCTS.take((multiplier << DIGIT_BITS) | digit)
    return product ^ (noise & LOWEST)


def _products() -> NDArray[np.uint32]:
    """Products a d in the field of sixteen (modulo x^4 + x + 1), at 16 (a - 1) + d."""
    powers = [1]
    for _ in range(14):
        doubled = powers[-1] << 1
        powers.append(doubled ^ 0b10011 if doubled & 16 else doubled)
    table = np.zeros((16, 16), dtype=np.uint32)
    for i, left in enumerate(powers):
        for j, right in enumerate(powers):
            table[left, right] = powers[(i + j) % 15]
    return table[1:].ravel()


PRODUCTS = _products()
