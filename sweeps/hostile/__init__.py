"""Every hostile document through the generator, and its package through the nine invariants: `python -m sweeps.hostile`."""
