"""From people to money: a short chain of pure functions on labelled arrays.

    people -> need -> activity -> capacity and workforce -> money

`chain.simulate` is the chain; each link is a public function in a file of its own.
"""
