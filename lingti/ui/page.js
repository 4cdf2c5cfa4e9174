// Streamlit leaves the page's language at English and does not run a page again when the theme
// changes; the pictures need both.
document.documentElement.lang = "$language";
(() => {
  const app = document.querySelector(".stApp");
  if (!app || app.dataset.lingti) return;
  app.dataset.lingti = "watched";
  const scheme = () => getComputedStyle(app).colorScheme;
  let was = scheme();
  new MutationObserver(() => {
    if (scheme() === was) return;
    was = scheme();
    document.querySelector(".st-key-lt-redraw button")?.click();
  }).observe(app, { attributes: true, attributeFilter: ["class"] });
})();
