/** Islands: keys (j, k, Enter, /, ?), a notice when something new has come in, and what changed since the last visit. */
const items = () =>
  [...document.querySelectorAll('[data-key="item"]')].filter(
    (e) => e.checkVisibility?.() ?? e.offsetParent !== null,
  );
let here = -1;

function moveTo(index) {
  const list = items();
  if (list.length === 0) return;
  for (const old of document.querySelectorAll(".here")) old.classList.remove("here");
  here = Math.max(0, Math.min(index, list.length - 1));
  const item = list[here];
  item.classList.add("here");
  const link = item.querySelector("h1 a, h2 a, h3 a, a");
  if (link) link.focus({ preventScroll: true });
  item.scrollIntoView({ block: "nearest" });
}

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  const typing = event.target instanceof Element && event.target.closest("input, select, textarea");
  if (event.key === "Escape") {
    if (typing) event.target.blur();
    else if (location.hash.startsWith("#fact-")) location.hash = location.hash.replace("#fact-", "#m-");
    return;
  }
  if (typing) return;
  if (event.key === "j") moveTo(here + 1);
  else if (event.key === "k") moveTo(here - 1);
  else if (event.key === "/") document.getElementById("q")?.focus();
  else if (event.key === "?") document.querySelector(".keys")?.scrollIntoView();
  else return;
  event.preventDefault();
});

/** A quiet notice; the page itself never moves by itself. */
function watch() {
  const notice = document.getElementById("notice");
  if (!notice || !document.querySelector("[data-live]") || !("EventSource" in window)) return;
  const source = new EventSource("/events");
  source.addEventListener("change", () => {
    notice.prepend(notice.hidden ? `${notice.dataset.words} ` : "");
    notice.hidden = false;
    source.close();
  });
}

const HALF_AN_HOUR = 30 * 60_000;
/**
 * Marks what is newer than the last visit to this page; the time is kept in this browser alone. Turning back within half
 * an hour is the same visit: what was marked stays marked, and a page that was just read is not said to be unchanged.
 */
function sinceLastVisit() {
  const main = document.querySelector("[data-visit]");
  if (!main) return;
  const key = `visit:${main.dataset.visit}`;
  let before = null;
  try {
    before = localStorage.getItem(key);
    if (before && Date.now() - Date.parse(before) < HALF_AN_HOUR) before = sessionStorage.getItem(key);
    else {
      localStorage.setItem(key, new Date().toISOString());
      sessionStorage.setItem(key, before ?? "");
    }
  } catch {
    return; // storage is forbidden: nothing is remembered
  }
  const box = document.getElementById("since");
  if (!before || !box) return;
  const fresh = [...document.querySelectorAll("[data-at]")].filter((e) => e.dataset.seen > before);
  for (const item of fresh) {
    item.classList.add("is-new");
    // What is new is not left folded away.
    for (let fold = item.closest("details"); fold; fold = fold.parentElement.closest("details"))
      fold.open = true;
  }
  box.querySelector("[data-count]").textContent = String(fresh.length);
  box.querySelector("[data-before]").textContent = new Date(before).toLocaleString(
    document.documentElement.lang,
    { dateStyle: "medium", timeStyle: "short" },
  );
  box.querySelector(fresh.length > 0 ? "[data-some]" : "[data-none]").hidden = false;
  box.hidden = false;
}

watch();
sinceLastVisit();
