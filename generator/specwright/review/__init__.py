"""Two revisions of a document -> what changed, on the wire and in Python, and what that asks of whom.

```python
changes = wire.compare(old.document, new.document)     # wire/
python = python.changes(old.plan, new.plan)            # python/
findings = linked(changes, python)                     # linking.py
findings = judged(findings, policy)                    # policy.py
review = verdict(findings)                             # verdict.py
```
"""
