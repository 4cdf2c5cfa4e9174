"""An attack on what readers get: works out what is withheld from all that somebody may read.

It knows nothing of how numbers are withheld. What is small stands in `small`, written by hand from
docs/security.md; what adds up to what in `equations`; `bounds` narrows what a withheld number can
be. A breach is a small number that can only be one value, or only lie within 1 to 4.
"""
