// What the keyboard does beyond the browser: past the menu, within choices, from point to point.
(() => {
  const root = document.documentElement;
  if (root.dataset.keys) return;
  root.dataset.keys = "heard";
  const shown = (one) => one.getClientRects().length && !one.closest("[hidden]");
  const STOPS = "a[href], button:not([disabled]), input, select, textarea, summary, [tabindex='0']";

  // The first stop of a page leads to its content: to what follows the choices that all pages have.
  document.addEventListener("click", (event) => {
    if (!event.target.closest?.(".lt-skip")) return;
    event.preventDefault();
    const main = document.querySelector("$main");
    const filters = main.querySelector(".lt-filters, .st-key-lt-filters") ?? main.querySelector(".lt-head");
    const follows = (one) => !filters || !filters.contains(one)
      && filters.compareDocumentPosition(one) & Node.DOCUMENT_POSITION_FOLLOWING;
    [...main.querySelectorAll(STOPS)].find((one) => follows(one) && shown(one))?.focus();
  });

  // What opens below a word closes with Escape and with a click beside it.
  const OPENED = ".lt-chooser details[open], details.lt-chip[open]";
  const close = (one, focus) => {
    one.open = false;
    if (focus) one.querySelector("summary").focus();
  };
  document.addEventListener("click", ({ target }) => {
    for (const one of document.querySelectorAll(OPENED)) if (!one.contains(target)) close(one);
  });
  document.addEventListener("toggle", ({ target }) => {
    if (target.open && target.matches?.(".lt-chooser details")) target.querySelector("input").focus();
  }, true);
  document.addEventListener("input", ({ target }) => {
    const choices = target.closest?.(".lt-chooser section");
    if (!choices) return;
    const words = target.value.trim().toLowerCase().split(/\s+/);
    for (const option of choices.querySelectorAll(".lt-option"))
      option.hidden = !words.every((word) => option.dataset.words.includes(word));
    for (const group of choices.querySelectorAll("section"))
      group.hidden = !group.querySelector(".lt-option:not([hidden])");
  });
  document.addEventListener("keydown", (event) => {
    const { key, target } = event;
    const opened = target.closest?.(OPENED);
    if (opened && key === "Escape") return close(opened, true);
    const choices = target.closest?.(".lt-chooser section");
    if (!choices || !["ArrowDown", "ArrowUp", "Enter"].includes(key)) return;
    const options = [...choices.querySelectorAll(".lt-option")].filter(shown);
    const at = options.indexOf(target);
    if (key === "Enter") {
      if (target.matches("input")) options[0]?.click();
      return;
    }
    event.preventDefault();
    const next = options[at + (key === "ArrowDown" ? 1 : -1)];
    (next ?? choices.closest(".lt-chooser").querySelector("input")).focus();
  });

  // A picture is one stop; the arrows go from number to number, which is told, and Enter opens it.
  const at = new WeakMap();
  const told = Object.assign(document.createElement("div"), { className: "lt-said" });
  told.setAttribute("role", "status");
  document.body.append(told);
  const numbers = (node) => node.data.flatMap((trace, curve) =>
    (trace.meta?.rows ?? []).flatMap((row, point) => (row ? [{ curve, point }] : [])));
  const STEPS = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1, Home: -Infinity, End: Infinity };
  document.addEventListener("keydown", (event) => {
    const { key, target } = event, node = target.matches?.(".lt-picture") && target.firstElementChild;
    if (!node?.data || !(key in STEPS || key === "Enter")) return;
    const known = numbers(node);
    if (!known.length) return;
    event.preventDefault();
    if (key === "Enter") {
      const chosen = known[at.get(node)];
      if (chosen) node.emit("plotly_click",
        { points: [{ data: node.data[chosen.curve], pointIndex: chosen.point }] });
      return;
    }
    const from = at.get(node) ?? (STEPS[key] > 0 ? -1 : known.length);
    const now = Math.max(0, Math.min(known.length - 1, from + STEPS[key]));
    at.set(node, now);
    const { curve, point } = known[now], { yaxis = "y" } = node.data[curve];
    Plotly.Fx.hover(node, [{ curveNumber: curve, pointNumber: point }], [`x${yaxis}`]);
    told.textContent = [...node.querySelectorAll(".hoverlayer .hovertext text, .hoverlayer .axistext text")]
      .map((one) => [...one.querySelectorAll("tspan.line")].map((line) => line.textContent).join(", ")
        || one.textContent).join(" ");
  });
  document.addEventListener("focusout", ({ target }) => {
    const node = target.matches?.(".lt-picture") && target.firstElementChild;
    if (node?.data) Plotly.Fx.unhover(node);
  });

  // Who comes back from a number's rows finds the page where it was left.
  const { go } = lingti;
  lingti.go = (address) => {
    if (new URL(address, location).pathname.endsWith("/rows")) {
      const top = document.querySelector("$main")?.scrollTop ?? 0;
      const link = document.activeElement?.getAttribute("href") ?? "";
      lingti.left = { href: location.href, top, link };
    }
    go(address);
  };
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".st-key-lt-ways a");
    const { left } = lingti;
    if (!link || !left || event.ctrlKey || event.metaKey || event.shiftKey) return;
    if (new URL(link.href).pathname !== new URL(left.href).pathname) return;
    event.preventDefault();
    event.stopPropagation();
    lingti.ask(left.href);
  }, true);
  addEventListener("popstate", () => {
    const { left } = lingti;
    if (!left || location.href !== left.href) return;
    lingti.left = undefined;
    // Whoever moves on meanwhile is not held back.
    const held = new AbortController(), { signal } = held;
    for (const one of ["wheel", "pointerdown", "keydown"])
      addEventListener(one, () => held.abort(), { signal, capture: true });
    const until = performance.now() + 5000;
    let since;
    const back = (now) => {
      if (signal.aborted) return;
      const main = document.querySelector("$main");
      const isThere = main?.querySelector(".lt-head") && !main.querySelector(".lt-adds, [data-stale='true']");
      if (isThere) main.scrollTop = left.top;
      if (isThere && Math.abs(main.scrollTop - left.top) < 2) since ??= now;
      else since = undefined;
      if (now < until && !(now - since > 700)) return void requestAnimationFrame(back);
      held.abort();
      const links = left.link ? [...main.querySelectorAll("a.lt-rows")] : [];
      links.find((one) => one.getAttribute("href") === left.link)?.focus({ preventScroll: true });
    };
    requestAnimationFrame(back);
  });
})();
