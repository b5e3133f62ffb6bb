"""Choosing is said so that nobody has to ask what it means."""

import numpy as np

from footprint.stress.choose import words
from footprint.stress.choose.aims import BestChance, BestDownside, LeastRegret, MeanAndDownside
from footprint.stress.choose.fair import fixed_shares, least_payments, standing
from footprint.stress.choose.frontier import frontier
from footprint.stress.choose.limits import limits_of
from footprint.stress.choose.portfolio import choose
from footprint.stress.choose.regret import regret
from footprint.stress.choose.verified import Guess

NAMES = {"falls": "Falls at home", "beds": "Fewer beds"}
GAIN = np.array([[4.0, 9.0], [4.0, 1.0]]) * 1e6
LIMITS = limits_of(["falls", "beds"], recurrent=([1e6, 1e6], 1e6))
MONEY = np.array([[6.0, -2.0], [8.0, 1.0]]) * 1e6


def test_a_portfolio_is_said_with_what_happens_when_things_go_badly():
    assert words.of_portfolio(choose(GAIN, LIMITS, MeanAndDownside(0.0, 0.5)), NAMES) == (
        "Do Fewer beds. Chosen for the most expected: the place gains £5.0m as expected, and in "
        "the worst half of futures gains £1.0m on average."
    )


def test_every_aim_has_its_words():
    aims = [MeanAndDownside(), BestDownside(), LeastRegret(), BestChance(-2e6)]
    said = [words.of_aim(aim) for aim in aims]
    assert said[-1] == "the best chance of losing no more than £2.0m"
    assert len(set(said)) == 4


def test_a_limit_is_said_with_what_it_keeps_out():
    used = choose(GAIN, LIMITS, BestDownside(0.5)).used[0]
    assert words.of_limit(used, NAMES) == (
        "Recurrent money: £1.0m of £1.0m a year used. Not enough is left for Fewer beds (£1.0m a "
        "year more needed)."
    )


def test_the_frontier_is_said_as_a_price_and_three_lists():
    assert words.of_frontier(frontier(GAIN, LIMITS, tail=0.5), NAMES) == (
        "Giving up £1.0m of the expected gain makes bad futures £3.0m better: 33p for each pound.",
        "A matter of how much one fears them: Falls at home and Fewer beds.",
    )


def test_regret_is_said_looking_back():
    found = regret(np.array([[4.0, 4.0], [9.0, 1.0]]) * 1e6)
    assert words.of_regret(found, 1) == (
        "Looking back, another choice would have been better by £3.0m at most, and by less than "
        "£2.7m in 9 of 10 futures."
    )
    assert "no future" in words.of_regret(regret(np.ones((1, 3))), 0)


def test_overlap_is_said_with_what_it_changes():
    guess = Guess(10e6, 6e6, 2e6, 4e6, ("falls",), ("beds",), 3e6)
    assert words.of_guess(guess, NAMES) == (
        "Together the schemes gain £4.0m less than each alone adds up to. So Falls at home comes "
        "in and Fewer beds goes out."
    )


def test_partners_and_payments_are_said_one_by_one():
    partners = ["nhs", "council"]
    assert words.of_standing(standing(MONEY, partners))[1] == (
        "council loses £500,000 as expected, and is worse off in about half of futures."
    )
    assert words.of_settlement(least_payments(MONEY, partners))[0] == "nhs pays council £500,000."
    assert words.of_settlement(fixed_shares(MONEY, partners)) == (
        "Gains and losses are pooled and shared: nhs 100% and council 0%.",
        "Then nobody is worse off in every future tried.",
    )
    assert words.of_settlement(least_payments(-MONEY, partners)) == (
        "No payments between the partners can do this: £6.5m from outside is missing.",
    )
