// Draws the pictures and tables that a page describes: what is in sight at once, the rest when there
// is time. A picture with new numbers is changed where it stands, not taken away and built again.
// Over a slow line Plotly comes last, and pictures are sketched until it is there; on a slow machine
// those of a new page are, until there is time.
(() => {
  if (document.documentElement.dataset.pictures) return;
  document.documentElement.dataset.pictures = "drawn";
  const library = "$plotly", nodes = new Map(), all = new Set();
  const axes = new WeakMap();
  // px that the other axis and names at the ends of lines take; small pictures have no such names
  const besideAxis = (width) => (width < 280 ? 50 : 120);
  const LINE = "\x3cbr>";  // a script that holds an element is taken for a trick and left out
  const config = { displayModeBar: false, scrollZoom: false, responsive: false, showTips: false };
  const SLOW_MS = 60;  // a picture takes 20 on a machine of today
  let printing = false, planned = false, isSlow = false, purifier, script;

  // Kept up to date by the browser; to search the page would take 4 ms of each click.
  const pictures = document.getElementsByClassName("lt-picture");
  const tables = document.getElementsByClassName("lt-later");
  const isDescribed = ({ dataset, firstChild }) => !("drawn" in dataset) || !firstChild;
  const described = () => [...pictures, ...tables].filter(isDescribed);
  const can = (place) => place.clientWidth && (place.dataset.html ? purifier : window.Plotly);
  const inSight = (place) => {
    const { top, bottom } = place.getBoundingClientRect();
    return top < innerHeight + 100 && bottom > -100;
  };

  function draw(place) {
    const begun = performance.now();
    drawNow(place);
    if (place.dataset.figure && performance.now() - begun > SLOW_MS) isSlow = true;
  }

  function drawNow(place) {
    place.dataset.drawn = "";
    if (place.dataset.html) {
      place.innerHTML = purifier.sanitize(place.dataset.html, { USE_PROFILES: { html: true } });
      place.style.minHeight = "";
      return;
    }
    const { data, layout } = JSON.parse(place.dataset.figure);
    // What stands in another place is not taken from there: it may be the one that stays.
    const found = nodes.get(place.dataset.key), known = found?.isConnected ? undefined : found;
    const node = known ?? document.createElement("div");
    node.style.height = place.style.height;
    place.replaceChildren(node);
    axes.set(node, layout.xaxis);
    const xaxis = { ...layout.xaxis, ...marks(layout.xaxis, place.clientWidth) };
    Plotly.react(node, data, { ...layout, xaxis, autosize: true, width: undefined }, config);
    if (known) return;
    nodes.set(place.dataset.key, node);
    all.add(node);
    node.on("plotly_click", ({ points: [point] }) => open(node, point));
  }

  // The marks of a level axis that have room beside each other; a year is told with the next mark.
  function marks(axis, width) {
    const { tickvals, ticktext, tickangle, side, tickfont, categoryarray } = axis ?? {};
    if (tickangle !== 0 || side === "top" || !ticktext?.length) return {};
    const letters = (text) => [...text].reduce((sum, one) => sum + (one > "\u2e80" ? 1 : 0.6), 0);
    const widest = Math.max(...ticktext.flatMap((text) => text.split(LINE)).map(letters));
    const room = (width - besideAxis(width)) / ticktext.length;
    const step = Math.ceil((widest * (tickfont?.size ?? 13) + 6) / room);
    // Where the points are dense the first mark would lie on the other axis.
    const first = (categoryarray?.length ?? 0) > 20 ? step >> 1 : 0;
    let year = "";
    const shown = ticktext.flatMap((text, at) => {
      const [mark, begun] = text.split(LINE);
      year = begun ?? year;
      if (at % step !== first) return [];
      const told = year ? mark + LINE + year : mark;
      year = "";
      return [told];
    });
    return { tickvals: tickvals.filter((_, at) => at % step === first), ticktext: shown };
  }

  // A click on a bar or point leads to the rows of its number, which its trace names.
  function open(node, point) {
    const number = point.data.meta?.rows?.[point.pointIndex ?? point.pointNumber];
    const { rows } = node.parentElement.dataset;
    if (!number || !rows) return;
    const to = new URL(rows, location.href);
    for (const [name, value] of Object.entries(number)) if (value) to.searchParams.set(name, value);
    lingti.go(to.href);
  }

  // What stands in for a picture until Plotly is there; those who cannot see it are told as ever.
  function sketch(place) {
    const { clientWidth: width, clientHeight: height } = place;
    place.dataset.sketched = width;
    const { data, layout } = JSON.parse(place.dataset.figure);
    const xaxis = { ...layout.xaxis, ...marks(layout.xaxis, width) };
    const drawn = lingtiSketch({ data, layout: { ...layout, xaxis } }, width, height);
    place.replaceChildren(...(drawn ? [drawn] : []));
  }
  const isKnown = ({ dataset }) => nodes.has(dataset.key);
  const isSketched = (place) => place.dataset.figure && (!window.Plotly || (isSlow && !isKnown(place)));
  const isBare = (place) => isSketched(place) && place.clientWidth
    && Number(place.dataset.sketched) !== place.clientWidth;

  function plan() {
    if (planned) return;
    planned = true;
    requestIdleCallback(() => {
      planned = false;
      const places = described(), next = places.find(can), bare = !next && places.find(isBare);
      if (next) draw(next);
      else if (bare) sketch(bare);
      else return forget();
      plan();
    }, { timeout: 100 });
  }

  function look() {
    const places = described();
    places.forEach((place) => sizes.observe(place));
    for (const place of places.filter(inSight)) {
      if (isBare(place)) sketch(place);
      else if (can(place) && !isSketched(place)) draw(place);
    }
    plan();
    if (places.length) requestAnimationFrame(() => setTimeout(load));  // when those in sight are painted
  }

  // Plotly is asked for once, after what it would hold up: its bytes are a third of a first visit.
  function load() {
    if (window.Plotly) return plan();  // it may have come since what is described was looked at
    if (script) return;
    script = document.querySelector(`script[src$="${library}"]`);
    if (!script) {
      script = Object.assign(document.createElement("script"), { src: library, fetchPriority: "low" });
      document.head.append(script);
    }
    script.addEventListener("load", look);
  }

  // What left the page is given back to the browser.
  function forget() {
    for (const node of all) {
      if (node.isConnected) continue;
      Plotly.purge(node);
      node.remove();  // should its place come back, it is drawn anew
      all.delete(node);
    }
    for (const [key, node] of nodes) if (!all.has(node)) nodes.delete(key);
  }

  // Streamlit's own copy of what it makes all HTML harmless with.
  import("$purifier").then((found) => {
    purifier = Object.values(found).find((one) => one?.sanitize);
    look();
  });
  // A page without pictures may lead to one with; by then it is at rest.
  setTimeout(load, 4000);

  const sizes = new ResizeObserver((entries) => {
    if (printing) return;
    for (const { target: place } of entries) {
      const node = place.firstElementChild;
      if (!place.isConnected) sizes.unobserve(place);
      else if (!("drawn" in place.dataset)) plan();
      else if (node && place.clientWidth && isOther(node)) fit(node, place.clientWidth);
    }
  });
  function fit(node, width) {
    const { tickvals, ticktext } = marks(axes.get(node), width);
    const thinned = tickvals ? { "xaxis.tickvals": tickvals, "xaxis.ticktext": ticktext } : {};
    Plotly.relayout(node, { autosize: true, ...thinned });
  }
  const isOther = ({ clientWidth, clientHeight, _fullLayout: drawn }) => drawn &&
    (Math.abs(drawn.width - clientWidth) > 1 || Math.abs(drawn.height - clientHeight) > 1);

  addEventListener("beforeprint", () => {
    printing = true;
    described().filter(can).forEach(draw);
  });
  addEventListener("afterprint", () => (printing = false));
  new MutationObserver((changes) => {
    if (changes.some((one) => one.addedNodes.length)) look();
  }).observe(document.body, { childList: true, subtree: true });
  look();
})();
