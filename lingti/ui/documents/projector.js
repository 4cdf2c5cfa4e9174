// Turns the pages of the projector: every slide is drawn already, and one of them is seen.
// Streamlit owns the elements; what is said to them here are attributes it does not know.
"use strict";
(() => {
  if (window.lingtiStage) return window.lingtiStage();
  const root = document.documentElement;
  const HIGH = 540, NARROW = 720, WIDE = 960, LARGE = 30, LARGE_FIRST = 48, SHORT = 8; // units; see report/slides.py
  const RESTS_MS = 2500, USUAL_S = 20;
  let at = "", every = 0, playing = false, begun = 0, left = 0, rests = 0, typed = "";

  const screen = () => document.querySelector(".st-key-lt-screen");
  const stage = () => document.querySelector(".st-key-lt-stage");
  const slides = () => [...document.querySelectorAll(".st-key-lt-stage [data-slide]")];
  const box = (head) => head.closest('[class*="st-key-lt-slide-"]');
  const presenting = () => root.hasAttribute("data-presenting");
  const has = (name) => screen()?.hasAttribute(`data-${name}`);
  const set = (name, on) => screen()?.toggleAttribute(`data-${name}`, on);

  // ---- what is seen
  function show(id) {
    const all = slides();
    if (!all.length) return;
    const number = Math.max(0, all.findIndex((one) => one.dataset.slide === id));
    at = all[number].dataset.slide;
    all.forEach((one, place) => {
      const its = box(one), on = place === number;
      if (its.hasAttribute("data-on") !== on) its.toggleAttribute("data-on", on);
    });
    const count = document.querySelector(".lt-s-number"), words = `${number + 1} / ${all.length}`;
    if (count && count.textContent !== words) count.textContent = words;
    document.querySelectorAll(".lt-s-list button").forEach((one) =>
      one.toggleAttribute("data-at", one.dataset.to === at));
    if (presenting()) tell();
  }
  function turn(by) {
    const all = slides(), number = all.findIndex((one) => one.dataset.slide === at) + by;
    go(all[Math.min(all.length - 1, Math.max(0, number))]?.dataset.slide);
  }
  function go(id) {
    show(id);
    begun = Date.now();
    left = every * 1000;
  }
  const end = (last) => go(slides().at(last ? -1 : 0)?.dataset.slide);
  // The address says where one is, so that reloading or passing it on comes back here.
  function tell() {
    const address = new URL(location.href);
    if (presenting()) address.searchParams.set("show", "1");
    else address.searchParams.delete("show");
    address.hash = presenting() && at ? at : "";
    const said = address.href.replace(/%2C/g, ",");
    if (said !== location.href) history.replaceState(history.state, "", said);
  }

  // ---- how large it is
  function fit() {
    const within = screen(), page = stage();
    if (!within || !page) return;
    const { clientWidth: width, clientHeight: height } = within;
    if (!width || !height) return;
    const units = Math.round(HIGH * Math.min(WIDE / HIGH, Math.max(NARROW / HIGH, width / height)));
    const scale = Math.min(width / units, height / HIGH);
    const place = `translate(${(width - units * scale) / 2}px, ${(height - HIGH * scale) / 2}px)`;
    page.style.width = `${units}px`;
    page.style.transform = `${place} scale(${scale})`;
    within.style.setProperty("--s-scale", scale);
    const foot = document.querySelector(".lt-s-foot"), number = foot?.querySelector(".lt-s-number");
    // The number has the same room on every slide, so that the foot is never higher on some.
    if (number) number.style.minWidth = `${2 * String(slides().length).length + 2}ch`;
    if (foot) page.style.setProperty("--s-foot", `${foot.offsetHeight}px`);
    // Tables last: they have the height that the words leave.
    page.querySelectorAll(":not(table)[data-sizes]").forEach(size);
    page.querySelectorAll("table[data-sizes]").forEach((table) => {
      if (size(table) !== false) return;
      // A long table needs the room of a large title.
      const title = table.closest('[class*="st-key-lt-slide-"]').querySelector("h2[data-sizes]");
      const large = parseFloat(title.style.fontSize);
      title.dataset.sizes.split(" ").map(Number).filter((units) => units < large).some((units) => {
        title.style.fontSize = `${units}px`;
        return choose(table);
      });
    });
  }
  // The largest type that has room: one line of a large title rather than two, else two lines;
  // tables have the height that is left.
  function size(one) {
    // Trying sizes lays the page out again and again, so it is done only where something changed.
    const given = [stage().style.width, one.parentElement.clientHeight, one.textContent].join();
    const its = one.tagName === "TABLE" ? given : given.replace(/,\d+,/, ",,");
    if (sized.get(one) === its && one.style.fontSize) return;
    sized.set(one, its);
    return choose(one);
  }
  const sized = new WeakMap();
  function choose(one) {
    const sizes = one.dataset.sizes.split(" ").map(Number);
    if (one.tagName === "TABLE") {
      const room = one.parentElement;
      return tried(one, sizes, () => one.offsetHeight <= room.clientHeight && whole(one));
    }
    const lines = (most) => () =>
      one.offsetHeight <= (most + 0.2) * parseFloat(getComputedStyle(one).lineHeight);
    const large = sizes.filter((units) => units >= (sizes[0] > 40 ? LARGE_FIRST : LARGE));
    if (one.tagName === "H2" && tried(one, large, lines(1))) return true;
    return tried(one, sizes, lines(one.closest(".lt-s-first, .lt-s-statement") ? 3 : 2));
  }
  const tried = (one, sizes, fits) => sizes.some((units) => {
    one.style.fontSize = `${units}px`;
    return fits();
  });
  // Whether no word and no short text is broken because its column is too narrow. Words that stand out into the
  // padding do not count as overflowing, so a border takes its place meanwhile; a little wider,
  // because widths are told in whole px.
  function whole(table) {
    const cells = [...table.querySelectorAll("th, td")];
    const measuring = "overflow-wrap: normal; padding-right: 0; border-right: .5em solid transparent";
    cells.forEach((cell) => {
      const whiteSpace = cell.textContent.length <= SHORT ? "; white-space: nowrap" : "";
      cell.style.cssText = measuring + whiteSpace;
    });
    const fits = cells.every((cell) => cell.scrollWidth <= cell.clientWidth);
    cells.forEach((cell) => (cell.style.cssText = ""));
    return fits;
  }

  // ---- beginning and leaving
  function present(full) {
    root.setAttribute("data-presenting", "");
    document.activeElement?.blur();
    if (full) root.requestFullscreen?.().catch(() => {});
    play(every > 0);
    begin();
  }
  function begin() {
    wake();
    fit();
    show(at);
    tell();
  }
  function leave() {
    root.removeAttribute("data-presenting");
    for (const name of ["blank", "list", "paused", "rest"]) set(name, false);
    play(false);
    if (document.fullscreenElement) document.exitFullscreen();
    tell();
    fit();
  }
  const full = () =>
    document.fullscreenElement ? document.exitFullscreen()
      : presenting() ? root.requestFullscreen?.().catch(() => {}) : present(true);

  // ---- going on by itself
  function play(on) {
    const was = playing;
    playing = on;
    if (on && !every) every = USUAL_S;
    if (on && !was) begun = Date.now() - (every * 1000 - (left || every * 1000));
    if (!on && was) left = Math.max(1, every * 1000 - (Date.now() - begun));
    set("paused", !on && was && presenting());
    sign();
  }
  function sign() {
    const button = document.querySelector(".lt-s-bar [data-act=play]"), now = playing ? "pause" : "play_arrow";
    if (button && button.textContent !== now) button.textContent = now;
  }
  setInterval(() => {
    const bar = document.querySelector(".lt-s-progress i");
    if (!bar) return;
    const goes = playing && presenting() && !has("blank") && !has("list");
    if (playing && !goes) begun += 200;
    const part = playing && presenting() ? Math.min(1, (Date.now() - begun) / (every * 1000)) : 0;
    const drawn = `scaleX(${part.toFixed(3)})`;
    if (bar.style.transform !== drawn && (playing || !has("paused"))) bar.style.transform = drawn;
    if (!goes || part < 1) return;
    if (at === slides().at(-1)?.dataset.slide) end(false);
    else turn(1);
  }, 200);

  // ---- keys, clicker, mouse, touch
  const acts = {
    next: () => turn(1), back: () => turn(-1),
    first: () => end(false), last: () => end(true),
    blank: () => set("blank", !has("blank")),
    list: () => {
      set("list", !has("list"));
      if (has("list")) document.querySelector(".lt-s-list [data-at]")?.focus();
    },
    play: () => (presenting() ? play(!playing) : present(false)),
    theme: () => document.querySelector(".st-key-lt-next-theme button")?.click(),
    full, leave, present: () => present(true),
  };
  const keys = {
    PageDown: "next", ArrowRight: "next", ArrowDown: "next", " ": "next", Enter: "next",
    PageUp: "back", ArrowLeft: "back", ArrowUp: "back", Backspace: "back",
    Home: "first", End: "last", b: "blank", ".": "blank", j: "list", p: "play", a: "play",
    t: "theme", f: "full", F5: "full", Escape: "leave",
  };
  function inList(key) {
    const all = [...document.querySelectorAll(".lt-s-list button")];
    const place = all.indexOf(document.activeElement);
    const to = { ArrowDown: place + 1, ArrowUp: place - 1, PageDown: place + 1, PageUp: place - 1,
      Home: 0, End: all.length - 1 }[key];
    if (to !== undefined) all[Math.min(all.length - 1, Math.max(0, to))]?.focus();
    else if (key === "Enter" || key === " ") document.activeElement.click();
    else if (key === "Escape" || key === "j") set("list", false);
  }
  function press(key) {
    if (has("blank") && key !== "Escape") return set("blank", false);
    if (has("list")) return inList(key);
    if (/^\d$/.test(key)) return void (typed += key);
    if (key === "Enter" && typed) go(slides()[Number(typed) - 1]?.dataset.slide ?? at);
    else acts[keys[key]]?.();
    typed = "";
  }
  addEventListener("keydown", (event) => {
    if (!presenting() || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.length === 1 ? event.key.toLowerCase() : event.key;
    if (key === "Tab" || key === "F11" || key === "F12") return;
    // Streamlit has keys of its own, such as R.
    event.preventDefault();
    event.stopImmediatePropagation();
    press(key);
  }, true);
  addEventListener("click", (event) => {
    const act = event.target.closest?.("[data-act]");
    if (act) {
      if (act.dataset.act === "jump") go(act.dataset.to), set("list", false);
      else acts[act.dataset.act]?.();
      act.blur();
    } else if (presenting() && event.target.closest?.(".st-key-lt-screen")) {
      if (has("blank")) set("blank", false);
      else if (has("list")) set("list", false);
      else turn(1);
    }
  });
  let touched = null;
  addEventListener("touchstart", (event) => (touched = event.touches[0].clientX), { passive: true });
  addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touched;
    if (presenting() && Math.abs(moved) > 60) turn(moved < 0 ? 1 : -1);
  });
  function wake() {
    set("rest", false);
    clearTimeout(rests);
    rests = setTimeout(() => presenting() && !has("list") && set("rest", true), RESTS_MS);
  }
  addEventListener("mousemove", wake);
  let filled = false;
  document.addEventListener("fullscreenchange", () => {
    // Esc leaves the full screen without telling the page of the key.
    if (filled && !document.fullscreenElement && presenting()) leave();
    filled = Boolean(document.fullscreenElement);
    fit();
  });

  // ---- Streamlit draws anew whenever it likes
  const sizes = new ResizeObserver(fit);
  let watched = null, soon = 0;
  function look() {
    clearTimeout(soon);
    soon = setTimeout(settle, 30);
  }
  function settle() {
    const within = screen();
    if (!within) {
      if (presenting()) soon = setTimeout(() => screen() || root.removeAttribute("data-presenting"), 1500);
      return;
    }
    if (watched !== within) {
      if (watched) sizes.unobserve(watched);
      sizes.observe(within);
      watched = within;
    }
    const asked = Number(document.querySelector(".lt-s-progress")?.dataset.every ?? 0);
    if (asked !== Number(within.dataset.every ?? 0)) {
      within.dataset.every = asked;
      every = asked;
      left = 0;
    }
    if (new URL(location.href).searchParams.get("show") === "1" && !presenting()) {
      at ||= decodeURIComponent(location.hash.slice(1));
      present(false);
    }
    fit();
    show(at);
    sign();
  }
  // A chart that shows what is under the mouse is no reason to measure again.
  const matters = (one) => !one.target.closest?.(".js-plotly-plot");
  new MutationObserver((seen) => seen.some(matters) && look()).observe(document.querySelector("$app") ?? document.body,
    { childList: true, subtree: true });
  document.fonts?.ready.then(look);
  window.lingtiStage = look;
  look();
})();
