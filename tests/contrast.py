"""Whether every text of a page stands out from what lies behind it, on screen and on paper."""

from __future__ import annotations

from playwright.sync_api import Page

ENOUGH = 4.5  # WCAG AA
NEARLY_BLACK = 0.03  # as bright as the paper of a dark page
# Texts with their colours and what is behind them; shapes of pictures as dark as a dark page.
FAINT = r"""({enough, nearlyBlack}) => {
  const found = new Set(), clear = [0, 0, 0, 0];
  const pen = document.createElement('canvas').getContext('2d', {willReadFrequently: true});
  const known = new Map();
  const rgba = colour => {
    if (!known.has(colour)) {
      if (/^(none|transparent|url)/.test(colour)) known.set(colour, clear);
      else {
        pen.clearRect(0, 0, 1, 1); pen.fillStyle = colour; pen.fillRect(0, 0, 1, 1);
        const [r, g, b, a] = pen.getImageData(0, 0, 1, 1).data;
        known.set(colour, [r, g, b, a / 255]);
      }
    }
    return known.get(colour);
  };
  const over = (top, under, share = 1) =>
    [0, 1, 2].map(at => top[at] * top[3] * share + under[at] * (1 - top[3] * share)).concat(1);
  const bright = colour => {
    const [r, g, b] = colour.slice(0, 3).map(one => one / 255)
      .map(one => one <= .04045 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
    return .2126 * r + .7152 * g + .0722 * b;
  };
  const contrast = (one, other) => {
    const [low, high] = [bright(one), bright(other)].sort((a, b) => a - b);
    return (high + .05) / (low + .05);
  };
  const behind = element => {  // the backgrounds of all it stands in, on the paper
    const up = [];
    for (let it = element; it; it = it.parentElement) up.unshift(getComputedStyle(it));
    const paper = [255, 255, 255, 1];
    return up.reduce((under, style) => over(rgba(style.backgroundColor), under), paper);
  };
  const opacity = (it, end) => {
    let share = 1;
    for (; it && it !== end; it = it.parentElement) share *= +getComputedStyle(it).opacity;
    return share;
  };
  const tell = (text, colour, under, share, where) => {
    if (share < .05) return;  // not to be seen at all, as what shows itself under a pointer
    const ratio = contrast(over(colour, under, share), under);
    if (ratio < enough - .005)
      found.add(`faint ${ratio.toFixed(1)}: ${where} ${text.trim().slice(0, 30)}`);
  };
  const words = document.createTreeWalker(document.querySelector('.stApp'), NodeFilter.SHOW_TEXT);
  for (let node; (node = words.nextNode());) {
    const it = node.parentElement;
    if (!node.data.trim() || it.closest('svg, style, script, [data-testid="stIconMaterial"]'))
      continue;
    if (it.closest(':disabled, [aria-disabled="true"], [data-baseweb="tooltip"]')) continue;
    if (!it.checkVisibility({visibilityProperty: true}) || it.getBoundingClientRect().width < 2)
      continue;
    const style = getComputedStyle(it);
    if (style.fontFamily.includes('Material')) continue;  // a sign; its button shows itself slowly
    const colour = rgba(style.color);
    tell(node.data, colour, behind(it), opacity(it), it.className || it.tagName);
  }
  for (const plot of document.querySelectorAll('.js-plotly-plot')) {
    const paper = behind(plot), shapes = [], texts = [];
    for (const it of plot.querySelectorAll('.main-svg :is(path, rect, text, circle)')) {
      if (it.closest('defs, clipPath, .draglayer, .hoverlayer, .modebar')) continue;
      const box = it.getBoundingClientRect(), style = getComputedStyle(it);
      if (box.width < 1 || box.height < 1 || style.visibility === 'hidden') continue;
      const fill = rgba(style.fill), share = +style.fillOpacity * opacity(it, plot);
      if (it.matches('text')) texts.push({it, box, fill, share});
      else if (fill[3] * share > .02) {
        shapes.push({it, box, fill, share});
        if (nearlyBlack && fill[3] * share > .5 && bright(fill) < nearlyBlack)
          found.add(`dark: ${it.parentElement.getAttribute('class')} ${style.fill}`);
      }
    }
    for (const {it, box, fill, share} of texts) {
      if (!it.textContent.trim()) continue;
      const x = (box.left + box.right) / 2, y = (box.top + box.bottom) / 2;
      const under = shapes.filter(one => one.box.left <= x && x <= one.box.right
          && one.box.top <= y && y <= one.box.bottom
          && one.it.compareDocumentPosition(it) & Node.DOCUMENT_POSITION_FOLLOWING)
        .reduce((under, one) => over(one.fill, under, one.share), paper);
      tell(it.textContent, fill, under, share, 'picture');
      for (const part of it.querySelectorAll('tspan'))
        tell(part.textContent, rgba(getComputedStyle(part).fill), under, share, 'picture');
    }
  }
  return [...found];
}"""


def faint(page: Page, *, printed: bool = False) -> list[str]:
    """Texts that hardly stand out; of a page as it is printed also shapes nearly as dark as ink."""
    asked = {"enough": ENOUGH, "nearlyBlack": NEARLY_BLACK if printed else 0}
    found: list[str] = page.evaluate(FAINT, asked)
    return found
