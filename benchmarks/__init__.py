"""Speed, side by side with peers: `make bench`, or `python -m benchmarks --help`. Figures for people, and never a test.

Each module of `rows` is one row: what is done, by ours and by each peer. `measure` takes turns among them and keeps the
time, `report` shows it, and `workshop` has what peers made of the same document.
"""
