// SPDX-License-Identifier: EUPL-1.2
// Map and list of the front page: a changed filter changes both and the address, and "back" undoes it.
import { hasEngine, loadEngine } from "./engine.js";
import { addMonths } from "./months.js";
import { fetchPatiently, watchTiles } from "./network.js";

const element = document.getElementById("map");
const form = document.getElementById("filters");
const words = JSON.parse(element.dataset.words);
const SOURCE = "supply";
let waiting = null;
let shown = pathOf(window.location.href);
let map = null;
let tool = null;

// The list, the filters and the timeline do not wait for the map.
if (window.matchMedia("(max-width: 991px)").matches) form.querySelector("details").open = false;
const months = addMonths({
  language: element.dataset.language,
  choose(first, last) {
    form.elements.from.value = first;
    form.elements.to.value = last;
    if (form.elements.project_days) form.elements.project_days.checked = false;
    go(addressOfForm());
  },
});
if (hasEngine()) openMap();
else showDrawnOnly();

async function openMap() {
  const { absoluteTiles, addAreaTool, addLotAndRequirementLayers, addPopups, addReachRing, makeMap, readBounds, tellState } = await loadEngine();
  const made = await makeMap(element, { bounds: readBounds(element.dataset.bounds), fitBoundsOptions: { padding: 24 }, hash: "map" });
  const results = document.getElementById("results");
  made.addSource(SOURCE, { type: "vector", tiles: [absoluteTiles(results.dataset.tiles)], maxzoom: 14 });
  const layers = addLotAndRequirementLayers(made, SOURCE, { words, first: form.elements.show.value });
  const ring = addReachRing(made);
  const reach = Number(element.dataset.reach);
  addPopups(made, element, {
    select(lon, lat) {
      if (lon === undefined || !reach) return ring.hide();
      ring.show(lon, lat, reach);
      return element.dataset.reachWords;
    },
  });
  tool = addAreaTool(made, element, { words, search: searchArea });
  tool.show(results.dataset);
  watchTiles(made, { words, again: () => made.getSource(SOURCE).setTiles([...made.getSource(SOURCE).tiles]) });
  made.once("idle", () => { document.getElementById("drawn").hidden = true; });
  tellState(made, element);
  map = { show(tiles) {
    layers.tellFirst(form.elements.show.value);
    const address = absoluteTiles(tiles);
    if (made.getSource(SOURCE).tiles[0] !== address) made.getSource(SOURCE).setTiles([address]);
  } };
}

function showDrawnOnly() {
  const note = document.createElement("p");
  note.className = "gb-map-off";
  note.textContent = words.map_webgl;
  element.hidden = true;
  element.parentElement.classList.add("gb-map-stack-drawn");
  element.parentElement.after(note);
}

function searchArea(text) {
  let field = form.elements.area;
  if (!field) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "area";
    form.append(field);
  }
  field.value = text;
  go(addressOfForm());
}

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
  if (typed !== null && again?.matches("input")) again.value = typed;
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
    const answer = await fetchPatiently(address, { words, signal: waiting.signal, headers: { Accept: "text/html" } });
    page = new DOMParser().parseFromString(await answer.text(), "text/html");
  } catch (error) {
    if (error.name !== "AbortError") throw error;
    return;
  }
  const fresh = page.getElementById("results");
  if (!fresh) {
    window.location.assign(address);
    return;
  }
  results.replaceChildren(...fresh.childNodes);
  Object.assign(results.dataset, fresh.dataset);
  results.removeAttribute("aria-busy");
  months.take(page);
  document.querySelector("#drawn svg").replaceWith(page.querySelector("#drawn svg"));
  // The heading itself is replaced, so screen readers are told through an element that stays.
  document.getElementById("announcement").textContent = document.getElementById("results-title").textContent.trim();
  form.querySelector("[name=show]").value = page.querySelector("#filters [name=show]").value;
  for (const language of page.querySelectorAll(".gb-languages a")) {
    document.querySelector(`.gb-languages a[lang=${language.lang}]`).href = language.href;
  }
  renewForm(page.getElementById("filters"), { keepTyped });
  if (!map) return;
  map.show(fresh.dataset.tiles);
  tool.show(fresh.dataset);
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
  // Orders stand above the list, and where the table has a head in that too.
  const sorted = link.closest(".gb-sorts") ? ".gb-sorts [aria-current]" : "[aria-sort] .gb-sort";
  const kind = link.matches(".gb-tabs a") ? ".gb-tabs [aria-current]" : link.matches(".gb-sort") ? sorted : "#results-title";
  // The link itself is replaced, so whoever works by keyboard is put where the answer begins.
  go(link.href).then(() => document.querySelector(kind)?.focus());
});

// A link within the page, such as "skip to the content", is a step of the history too, but asks for nothing.
window.addEventListener("popstate", () => {
  if (pathOf(window.location.href) === shown) return;
  load(window.location.pathname + window.location.search, { keepTyped: false });
});
