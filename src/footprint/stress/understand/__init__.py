"""Understand the answer: what decides it, what is worth settling, how it would fail.

inputs          what every method is given: a model that runs many futures, and words for its inputs
pick_freeze     which inputs matter, alone and with their interactions, in groups too
shapley         the same for inputs that move together, shared out fairly
evppi           what it is worth to settle an assumption before deciding
break_even      the value of an assumption at which the target is just met
boxes           regions where the plan fails, said in words
  peeling         found by peeling thin slices off (PRIM)
  tree            found by splitting in two again and again (CART)
failing         the most plausible ways to fail, confirmed by sampling
disagreement    where partners' views differ, and how much it matters: their next agenda
"""
