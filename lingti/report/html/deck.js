// Shows one slide at a time, by keyboard, clicker, mouse wheel click or touch.
"use strict";
(() => {
  const data = JSON.parse(document.getElementById("figures").textContent);
  const stage = document.getElementById("stage");
  const slides = [...document.querySelectorAll(".slide")];
  const blank = document.getElementById("blank");
  const notes = document.getElementById("notes");
  const help = document.getElementById("help");
  const root = document.documentElement;
  let at = 0;

  const theme = () => root.dataset.theme;

  function draw(slide) {
    const place = slide.querySelector(".chart > div");
    if (!place || place.dataset.drawn === theme()) return;
    const figure = data[place.dataset.figure][theme()];
    figure.layout.width = place.clientWidth;
    figure.layout.height = place.clientHeight;
    Plotly.react(place, figure.data, figure.layout, { displayModeBar: false, responsive: false });
    place.dataset.drawn = theme();
  }

  function fit() {
    // As wide as the window asks for between 4:3 and 16:9; never stretched.
    const ratio = Math.min(16 / 9, Math.max(4 / 3, innerWidth / innerHeight));
    const width = Math.round(540 * ratio);
    const scale = Math.min(innerWidth / width, innerHeight / 540);
    stage.style.width = `${width}px`;
    stage.style.transform = `translate(${(innerWidth - width * scale) / 2}px, ${
      (innerHeight - 540 * scale) / 2}px) scale(${scale})`;
    for (const place of document.querySelectorAll(".chart > div")) delete place.dataset.drawn;
    draw(slides[at]);
  }

  function show(number) {
    at = Math.min(slides.length - 1, Math.max(0, number));
    slides.forEach((slide, place) => slide.classList.toggle("on", place === at));
    notes.textContent = slides[at].dataset.notes || "";
    history.replaceState(null, "", `#${slides[at].id}`);
    draw(slides[at]);
  }

  const keys = {
    PageDown: () => show(at + 1), ArrowRight: () => show(at + 1), ArrowDown: () => show(at + 1),
    " ": () => show(at + 1), Enter: () => show(at + 1),
    PageUp: () => show(at - 1), ArrowLeft: () => show(at - 1), ArrowUp: () => show(at - 1),
    Backspace: () => show(at - 1),
    Home: () => show(0), End: () => show(slides.length - 1),
    b: () => { blank.hidden = !blank.hidden; }, ".": () => { blank.hidden = !blank.hidden; },
    t: () => { root.dataset.theme = theme() === "dark" ? "light" : "dark"; draw(slides[at]); },
    n: () => { notes.hidden = !notes.hidden; },
    f: () => document.fullscreenElement ? document.exitFullscreen() : root.requestFullscreen(),
    "?": () => { help.hidden = !help.hidden; },
    Escape: () => { help.hidden = true; notes.hidden = true; blank.hidden = true; },
  };

  addEventListener("keydown", (event) => {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const act = keys[event.key.length === 1 ? event.key.toLowerCase() : event.key];
    if (!act) return;
    event.preventDefault();
    if (!blank.hidden && !["b", ".", "Escape"].includes(event.key.toLowerCase())) blank.hidden = true;
    else act();
  });
  let touched = null;
  addEventListener("touchstart", (event) => { touched = event.touches[0].clientX; });
  addEventListener("touchend", (event) => {
    const moved = event.changedTouches[0].clientX - touched;
    if (Math.abs(moved) > 60) show(at + (moved < 0 ? 1 : -1));
  });
  addEventListener("resize", fit);
  addEventListener("beforeprint", () => slides.forEach(draw));
  addEventListener("hashchange", () => jump());

  function jump() {
    const found = slides.findIndex((slide) => `#${slide.id}` === location.hash);
    show(found < 0 ? 0 : found);
  }

  if (matchMedia("(prefers-color-scheme: dark)").matches) root.dataset.theme = "dark";
  fit();
  jump();
})();
