"""Every document in the flavour of openapi-python-client: what can be generated is imported, and what can't has a Problem.

    python -m sweeps.flavour [--hostile] [--only NAME]

Each package is imported in a process of its own, every module of it, and every validator that its checks name is looked up.
A hostile document may be refused or generated; where it is generated, nothing of its text may run.
"""
