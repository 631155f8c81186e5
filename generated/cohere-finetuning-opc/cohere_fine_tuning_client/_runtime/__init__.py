"""The part of a generated package that does not depend on its document: ordinary Python, copied in as `_runtime`."""
