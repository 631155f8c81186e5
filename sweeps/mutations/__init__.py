"""Real documents, broken at random with a seed, through the generator: `make mutations`."""
