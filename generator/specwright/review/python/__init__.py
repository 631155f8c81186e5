"""The Python axis: two plans -> what changed of the public API of the generated package.

Nothing here knows what changed on the wire. Things are compared as callers see them: by what they import, call, read and
give, in both packages.
"""
