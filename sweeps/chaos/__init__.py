"""Thousands of calls against a server that fails, delays, breaks off and resets at random, with a seed: `make chaos`."""
