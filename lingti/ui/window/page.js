// Streamlit leaves the page's language at English and does not run a page again when the theme
// changes; the pictures need both.
document.documentElement.lang = "$language";
window.lingti ??= {
  // To another page within the app, as Streamlit's own links lead, not by loading it anew.
  go(address) {
    lingti.ask(address);
    document.querySelector("$main")?.scrollTo(0, 0);
  },
  // Runs the page again for an address, which stands after the present one in the history.
  ask(address) {
    history.pushState({}, "", address);
    lingti.again();
  },
$navigation};
(() => {
  const app = document.querySelector("$app");
  if (!app || app.dataset.lingti) return;
  app.dataset.lingti = "watched";
  const scheme = () => getComputedStyle(app).colorScheme;
  let was = scheme();
  new MutationObserver(() => {
    if (scheme() === was) return;
    was = scheme();
    document.querySelector(".st-key-lt-redraw button")?.click();
  }).observe(app, { attributes: true, attributeFilter: ["class"] });
  // The links of the menu and the languages carry the view along that is looked at by now.
  const lead = ({ target }) => {
    const link = target.closest?.(".lt-menu a, .lt-switches a");
    if (!link) return;
    link.dataset.to ??= link.getAttribute("href");
    const to = new URL(link.dataset.to, location), { searchParams: now } = new URL(location);
    const carried = link.closest(".lt-menu")?.dataset.carried.split(" ") ?? [...now.keys()];
    for (const name of carried)
      if (now.get(name) && !to.searchParams.has(name)) to.searchParams.set(name, now.get(name));
    link.href = to.href;
  };
  for (const event of ["pointerover", "focusin", "click"])
    document.addEventListener(event, lead, true);
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.lt-page, a.lt-rows, a.lt-defined");
    const apart = event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey;
    if (!link || apart || link.hash) return;
    event.preventDefault();
    lingti.go(link.href);
    // On a phone the menu lies over the page.
    if (link.matches(".lt-page") && innerWidth < 768)
      document.querySelector("$sidebar_collapse_button button")?.click();
  });
  // What a list of contents leads to may be folded.
  document.addEventListener("click", ({ target }) => {
    const link = target.closest?.(".lt-contents a");
    const folded = link && document.getElementById(link.hash.slice(1))?.closest("details.lt-of-group");
    if (folded) folded.open = true;
  }, true);
  // A choice changes its part of the address as it is now, which another may just have changed.
  const choose = ({ dataset: { name } }, value) => {
    const to = new URL(location.href);
    if (value) to.searchParams.set(name, value);
    else to.searchParams.delete(name);
    if (to.href !== location.href) lingti.ask(to.href);
  };
  const toggled = (choice, value) => {
    const known = [...choice.querySelectorAll(".lt-option")].map((one) => one.dataset.value);
    const named = (new URL(location.href).searchParams.get(choice.dataset.name) ?? "").split(",");
    const chosen = known.some((one) => named.includes(one)) ? named : known;
    const picked = known.filter((one) => chosen.includes(one) !== (one === value));
    return picked.length === known.length ? "" : picked.join();
  };
  document.addEventListener("click", (event) => {
    const option = event.target.closest?.("a.lt-option");
    if (!option || event.button || event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    const choice = option.closest(".lt-choice"), { value } = option.dataset;
    choose(choice, "some" in choice.dataset ? toggled(choice, value) : value);
  });
  document.addEventListener("change", ({ target }) => {
    if (target.matches(".lt-choice select")) choose(target.closest(".lt-choice"), target.value);
  });
  document.addEventListener("keydown", (event) => {
    if (event.key !== " " || !event.target.matches("a.lt-option")) return;
    event.preventDefault();  // a button is pressed by the space bar too, and the page stays
    event.target.click();
  });
  // The other theme, by Streamlit's own menu, which is not seen meanwhile.
  const switched = (button) => {
    const item = scheme() === "dark" ? "$menu_light" : "$menu_dark";
    const menu = document.querySelector("$main_menu_button");
    if (!menu) return;
    const root = document.documentElement;
    root.classList.add("lt-switching");
    const end = () => {
      seen.disconnect();
      if (menu.getAttribute("aria-expanded") === "true") menu.click();
      root.classList.remove("lt-switching");
      button.focus({ preventScroll: true });
    };
    const seen = new MutationObserver(() => {
      const found = document.querySelector(item);
      if (!found) return;
      seen.disconnect();
      found.click();
      setTimeout(end, 150);
    });
    seen.observe(document.body, { childList: true, subtree: true });
    setTimeout(end, 2000);
    menu.click();
  };
  document.addEventListener("click", (event) => {
    const button = event.target.closest?.(".lt-theme");
    if (button) switched(button);
  });
  // A file is asked for: in the next run the button that hands it out is there, to be pressed.
  let taken;
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.("a.lt-take");
    if (!link) return;
    event.preventDefault();
    taken = Date.now();
    const to = new URL(location.href);
    to.searchParams.set("take", `${link.dataset.file}~${taken}`);
    history.replaceState({}, "", to.href);
    lingti.again();
  });
  const take = () => {
    const button = taken && document.querySelector(`.st-key-lt-take-${taken} button`);
    if (!button) return;
    taken = undefined;
    button.click();
  };
  // A choice that is drawn anew keeps the focus.
  let focused;
  document.addEventListener("focusin", ({ target }) => {
    const choice = target.closest(".lt-choice")?.dataset.choice;
    const option = target.dataset.value;
    const within = option === undefined ? "select" : `[data-value="${option}"]`;
    focused = choice && `[data-choice="${choice}"] ${within}`;
    // What was chosen in a list that is folded by now is told by its heading.
    if (target.closest(".lt-chooser")) focused = `[data-choice="${choice}"] summary`;
  });
  // A button whose words stand in its style has a name for those who cannot see it too.
  const name = () => {
    for (const it of document.querySelectorAll("$file_uploader_dropzone button:not([aria-label])"))
      it.ariaLabel = getComputedStyle(it, "::after").content.replaceAll('"', "");
  };
  new MutationObserver(() => {
    take();
    name();
    if (!focused || document.activeElement !== document.body) return;
    const again = document.querySelector(focused), folded = again?.closest(".lt-chip-some");
    if (folded) folded.open = true;  // more may be chosen in a list that was drawn anew
    again?.focus({ preventScroll: true });
  }).observe(app, { childList: true, subtree: true });
  // Of an address that no page has, Streamlit shows the home page and says so in English.
  const lost = () => {
    const title = document.querySelector("$dialog h2");
    if (title?.textContent !== "$lost_title") return;
    [title.textContent, title.nextElementSibling.textContent] = $lost;
  };
  new MutationObserver(lost).observe(document.body, { childList: true });
  lost();
  // On paper a picture keeps the width it has on the screen, unless it is made smaller first.
  const paper = 186 * 96 / 25.4;
  const fit = (picture) => {
    const stacked = picture.closest(".lt-pair");
    const beside = stacked ? 1 : (picture.closest("$horizontal_block, .lt-columns")?.children.length ?? 1);
    const room = (paper - 16 * (beside - 1)) / beside - 40;
    picture.style.zoom = Math.min(1, room / picture.offsetWidth);
  };
  const pictures = () => document.querySelectorAll(".js-plotly-plot");
  addEventListener("beforeprint", () => pictures().forEach(fit));
  addEventListener("afterprint", () => pictures().forEach((one) => (one.style.zoom = "")));
})();
