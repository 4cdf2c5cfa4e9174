"""What was reported: a month is submitted, accepted and finalised, and stays as it was reported.

| file | has |
|---|---|
| `rests_on` | what the rows are that count for a community and month, so that a change is noticed |
| `submissions` | how a community's month stands, and the steps from one state to the next |
| `keeping` | editions on disk: written whole, read, verified |
| `contents` | what an edition holds |
| `held` | what a reader may see of one, and what the same numbers are now |
| `reasons` | why batches came and went |
| `revisions` | what differs from an edition since, and what led to it |
"""
