"""Every document of the corpus through the generator, and what came of it: `python -m sweeps`."""
