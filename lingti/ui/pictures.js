// Draws the pictures that a page describes: what is in sight at once, the rest when there is time.
// A picture with new numbers is changed where it stands, not taken away and built again.
(() => {
  if (document.documentElement.dataset.pictures) return;
  document.documentElement.dataset.pictures = "drawn";
  const library = "$plotly", nodes = new Map();
  const config = { displayModeBar: false, scrollZoom: false, responsive: false, showTips: false };
  let printing = false, planned = false;

  const described = () => [...document.querySelectorAll(".lt-picture:not([data-drawn])")];
  const inSight = (place) => {
    const { top, bottom } = place.getBoundingClientRect();
    return top < innerHeight + 100 && bottom > -100;
  };
  const hasRoom = (place) => place.clientWidth > 0;

  function draw(place) {
    place.dataset.drawn = "";
    const { data, layout } = JSON.parse(place.dataset.figure);
    const known = nodes.get(place.dataset.key);
    const node = known ?? document.createElement("div");
    node.style.height = place.style.height;
    place.replaceChildren(node);
    Plotly.react(node, data, { ...layout, autosize: true, width: undefined }, config);
    if (known) return;
    nodes.set(place.dataset.key, node);
    node.on("plotly_click", ({ points: [point] }) => open(node, point));
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

  function drawNow(places) {
    places.filter(hasRoom).forEach(draw);
  }

  function plan() {
    if (planned) return;
    planned = true;
    requestIdleCallback(() => {
      planned = false;
      const [first, ...others] = described().filter(hasRoom);
      if (!first) return forget();
      draw(first);
      if (others.length) plan();
    }, { timeout: 200 });
  }

  function look() {
    const places = described();
    if (!places.length) return;
    places.forEach((place) => sizes.observe(place));
    if (!window.Plotly) return fetched();
    drawNow(places.filter(inSight));
    plan();
  }

  // What left the page is given back to the browser.
  function forget() {
    for (const [key, node] of nodes) {
      if (node.isConnected) continue;
      Plotly.purge(node);
      nodes.delete(key);
    }
  }

  function fetched() {
    let script = document.querySelector(`script[src$="${library}"]`);
    if (script?.dataset.awaited) return;
    if (!script) {
      script = Object.assign(document.createElement("script"), { src: library });
      document.head.append(script);
    }
    script.dataset.awaited = "";
    script.addEventListener("load", look);
  }

  const sizes = new ResizeObserver((entries) => {
    if (printing || !window.Plotly) return;
    for (const { target: place } of entries) {
      const node = place.firstElementChild;
      if (!place.isConnected) sizes.unobserve(place);
      else if (!hasRoom(place)) continue;
      else if (!("drawn" in place.dataset)) plan();
      else if (node && isOther(node)) Plotly.relayout(node, { autosize: true });
    }
  });
  const isOther = ({ clientWidth, clientHeight, _fullLayout: drawn }) =>
    Math.abs(drawn.width - clientWidth) > 1 || Math.abs(drawn.height - clientHeight) > 1;

  addEventListener("beforeprint", () => {
    printing = true;
    if (window.Plotly) drawNow(described());
  });
  addEventListener("afterprint", () => (printing = false));
  new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  look();
})();
