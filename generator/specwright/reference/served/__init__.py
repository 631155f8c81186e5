"""The reference page on loopback, with *Test request*: what `specwright serve` runs.

`library` keeps the document and the operations that are open, `form` tells the page what can be given for one, `answers` what
became of a request, and `guard` who may ask. `application` puts them together, and `running` serves it until it is told to stop.
Starlette and uvicorn are imported here and nowhere else: they come with the extra `serve`.
"""
