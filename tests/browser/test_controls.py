"""What can be filled in or chosen stands out in both themes (WCAG 1.4.11)."""

from __future__ import annotations

from pathlib import Path
from typing import Literal

import pytest
from playwright.sync_api import Browser

from browser.conftest import Serve

CONTROLS = 17
# Of each control the best contrast that an edge or an area of it has to what is behind.
CONTRASTS = r"""() => {
  const channels = (text) => {
    const found = text.match(/[\d.]+/g).map(Number);
    return found.length > 3 ? found : [...found, 1];
  };
  const over = ([r, g, b, a], [R, G, B]) =>
    [r * a + R * (1 - a), g * a + G * (1 - a), b * a + B * (1 - a)];
  const behind = (element) => {
    const layers = [];
    for (let at = element; at; at = at.parentElement) {
      layers.push(channels(getComputedStyle(at).backgroundColor));
      if (layers.at(-1)[3] === 1) break;
    }
    return layers.reverse().reduce((below, layer) => over(layer, below), [255, 255, 255]);
  };
  const light = (colour) => {
    const [r, g, b] = colour.map((one) => one / 255).map(
      (one) => one <= 0.04045 ? one / 12.92 : ((one + 0.055) / 1.055) ** 2.4);
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const ratio = (one, other) => {
    const [lower, higher] = [light(one), light(other)].sort((a, b) => a - b);
    return (higher + 0.05) / (lower + 0.05);
  };
  const best = (control) => Math.max(...[control, ...control.querySelectorAll("*")].map((one) => {
    const box = one.getBoundingClientRect(), style = getComputedStyle(one);
    if (box.width < 12 || box.height < 12) return 0;
    const below = behind(one.parentElement);
    const edge = parseFloat(style.borderBottomWidth)
      ? ratio(over(channels(style.borderBottomColor), below), below) : 0;
    return Math.max(edge, ratio(over(channels(style.backgroundColor), below), below));
  }));
  const controls = document.querySelectorAll(`.stMain :is([role=group]:has(> button[aria-haspopup],
    > div > input[role=combobox]), [data-testid=stTextInputRootElement],
    [data-testid=stTextAreaRootElement], [data-testid=stNumberInputContainer],
    [data-testid=stDateInputField], [data-testid=stFileUploaderDropzone], .stCheckbox,
    [data-testid=stRadioOption], .stButtonGroup button, .stButton button, .stDownloadButton button,
    .stFormSubmitButton button)`);
  return [...controls].map((one) => [one.outerHTML.slice(0, 90), best(one)]);
}"""


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_every_control_stands_out_three_to_one(
    serve: Serve, chromium: Browser, tmp_path: Path, scheme: Literal["light", "dark"]
) -> None:
    address = serve(tmp_path, Path(__file__).with_name("every_control.py"))
    page = chromium.new_page(color_scheme=scheme)
    page.goto(address)
    page.wait_for_function(f"({CONTRASTS})().length >= {CONTROLS}", timeout=60_000)
    page.wait_for_timeout(1000)  # colours change in a moment
    found = page.evaluate(CONTRASTS)
    page.close()
    assert [one for one in found if one[1] < 3] == []
