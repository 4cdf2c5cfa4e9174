"""The one door to Streamlit's inside: what it does not promise, and another version may change.

Everything else of Lingti uses what Streamlit documents. Each room has a contract test in
`tests/ui/test_streamlit_inside.py`, which says what broke where a new version changed it; the
version is pinned below the next minor one in `pyproject.toml`.

| room | reaches into |
|---|---|
| `names` | the class names and test ids by which style sheets and scripts find its elements |
| `navigation.js` | how it notices that the address changed |
| `scripts` | its script run: what stays when another page is opened, whether the server is ready |
| `start_page` | the page and the scripts it starts with in a browser, and the purifier among them |
| `messages` | what browsers send it, and the uploads it keeps |
| `sign_in` | the settings of its sign-in, and the cookies it signs |

It stands below all other rooms: `web` goes through it as well as `ui`.
"""

from pathlib import Path

NAVIGATION = Path(__file__).with_name("navigation.js")
