"""The same documents through each generator: `make peers`, or `python -m benchmarks --only corpus`.

`tools` says how each is run, `probe` what its package is worth, `survey` puts a generator and a document together, and
`table` shows what was found.
"""
