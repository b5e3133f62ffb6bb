"""Choosing: which schemes to do together when money, staff and room do not stretch to all.

    limits        what there is, what each scheme takes, which schemes need or exclude others
    tail          downside: the expected gain in the worst futures (CVaR)
    aims          what "best" means: mean and downside, a floor, least regret, the best chance
    solver        one way to ask HiGHS
    programs      each aim as a mixed-integer program
    least_regret  the same for regret, which needs the best of each future
    ceilings      bounds on the best that any portfolio could do in one future
    enumeration   every portfolio there is, for a few schemes: the oracle
    climb         better by changing one scheme at a time
    portfolio     the best portfolio for an aim
    verified      the same judged by the full model, which knows overlaps
    regret        what each portfolio gives up in each future
    frontier      mean against downside, and the price of robustness
    fair          who gains, who loses, and the side payments that mend it
    splits        other ways to share: Shapley, in proportion
    words         all of it in sentences

Money is in GBP, gains are positive, and futures are equally likely: one shared set for every
portfolio, so that differences between portfolios are not differences of luck.
"""
