// SPDX-License-Identifier: EUPL-1.2
// Map and list of the front page: a changed filter changes both and the address, and "back" undoes it.
import { absoluteTiles, makeMap, readBounds, tellState } from "./basemap.js";
import { addLotAndRequirementLayers, addPopups } from "./layers.js";

const element = document.getElementById("map");
const form = document.getElementById("filters");
const SOURCE = "supply";
let waiting = null;
let shown = pathOf(window.location.href);

const map = await makeMap(element, { bounds: readBounds(element.dataset.bounds), fitBoundsOptions: { padding: 24 }, hash: "map" });
map.addSource(SOURCE, { type: "vector", tiles: [absoluteTiles(element.dataset.tiles)], maxzoom: 14 });
addLotAndRequirementLayers(map, SOURCE, { apart: true });
addPopups(map, element);
tellState(map, element);
if (window.matchMedia("(max-width: 991px)").matches) form.querySelector("details").open = false;

function pathOf(address) {
  const { pathname, search } = new URL(address, document.baseURI);
  return pathname + search;
}

function addressOfForm() {
  const parameters = new URLSearchParams();
  for (const [name, value] of new FormData(form)) {
    if (value !== "" && !(name === "show" && value === "lots")) parameters.append(name, value);
  }
  const query = parameters.toString();
  return form.action.split("?")[0] + (query ? `?${query}` : "");
}

// Two answers may be under way at once; only the last one asked for is shown.
// The form's counts follow the answer. What is open stays open, and whoever is in a field stays in it.
function renewForm(fresh, { keepTyped }) {
  const open = new Map([...form.querySelectorAll("details")].map((one) => [one.id, one.open]));
  const focused = form.contains(document.activeElement) ? document.activeElement : null;
  const typed = keepTyped && focused?.matches("input:not([type=checkbox], [type=radio])") ? focused.value : null;
  form.replaceChildren(...fresh.childNodes);
  for (const one of form.querySelectorAll("details")) one.open = open.get(one.id) ?? one.open;
  const again = focused?.id ? document.getElementById(focused.id) : null;
  if (again && typed !== null) again.value = typed;
  again?.focus();
}

async function load(address, { keepTyped }) {
  waiting?.abort();
  waiting = new AbortController();
  shown = pathOf(address);
  const results = document.getElementById("results");
  results.setAttribute("aria-busy", "true");
  let page;
  try {
    const answer = await fetch(address, { signal: waiting.signal, headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") window.location.assign(address);
    return;
  }
  const fresh = page.getElementById("results");
  if (!fresh) {
    window.location.assign(address);
    return;
  }
  results.replaceChildren(...fresh.childNodes);
  results.dataset.tiles = fresh.dataset.tiles;
  results.removeAttribute("aria-busy");
  // The heading itself is replaced, so screen readers are told through an element that stays.
  document.getElementById("announcement").textContent = document.getElementById("results-title").textContent.trim();
  form.querySelector("[name=show]").value = page.querySelector("#filters [name=show]").value;
  for (const language of page.querySelectorAll(".gb-languages a")) {
    document.querySelector(`.gb-languages a[lang=${language.lang}]`).href = language.href;
  }
  renewForm(page.getElementById("filters"), { keepTyped });
  const tiles = absoluteTiles(fresh.dataset.tiles);
  if (map.getSource(SOURCE).tiles[0] !== tiles) map.getSource(SOURCE).setTiles([tiles]);
}

function go(address) {
  window.history.pushState(null, "", address + window.location.hash);
  return load(address, { keepTyped: true });
}

form.addEventListener("submit", (event) => {
  event.preventDefault();
  go(addressOfForm());
});
form.addEventListener("change", () => go(addressOfForm()));

document.addEventListener("click", (event) => {
  const link = event.target.closest("#results .gb-tabs a, #results .gb-sort, #results .gb-pagination a");
  if (!link || event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
  event.preventDefault();
  const kind = link.matches(".gb-tabs a") ? ".gb-tabs [aria-current]" : link.matches(".gb-sort") ? "[aria-sort] .gb-sort" : "#results-title";
  // The link itself is replaced, so whoever works by keyboard is put where the answer begins.
  go(link.href).then(() => document.querySelector(kind)?.focus());
});

// A link within the page, such as "skip to the content", is a step of the history too, but asks for nothing.
window.addEventListener("popstate", () => {
  if (pathOf(window.location.href) === shown) return;
  load(window.location.pathname + window.location.search, { keepTyped: false });
});
