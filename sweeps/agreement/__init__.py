"""The validators of every schema of the corpus beside another maker's reader of JSON Schema, on values made for it."""
