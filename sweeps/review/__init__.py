"""`specwright diff` on pairs of documents that nobody here wrote: beside another tool, on real changes, on random edits."""
