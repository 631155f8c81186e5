"""The official test suite of JSON Schema through ours and through peers, side by side: `make suite`."""
