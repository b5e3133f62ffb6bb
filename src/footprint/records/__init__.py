"""Record-level hospital data in, cells out: for a trust that starts from its own records.

    read -> cells -> (parameters, health) -> draw        a future, thousands at a time
    read -> baseline -> small_cells                      rows for a plan, no small number in them

Records stay in memory. What is written is summed, rounded and suppressed first.
"""
