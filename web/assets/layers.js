// SPDX-License-Identifier: EUPL-1.2
// Lots as circles and requirements as squares, gathered or single, and what a click on them tells.
import { COLOURS, maplibregl } from "./basemap.js";

const SQUARE = 64;

function drawSquare() {
  const canvas = document.createElement("canvas");
  canvas.width = canvas.height = SQUARE;
  const pen = canvas.getContext("2d");
  pen.fillStyle = "#ffffff";
  pen.fillRect(4, 4, SQUARE - 8, SQUARE - 8);
  pen.fillStyle = COLOURS.requirements;
  pen.fillRect(9, 9, SQUARE - 18, SQUARE - 18);
  return pen.getImageData(0, 0, SQUARE, SQUARE);
}

// Ten times as many are a step larger, so that a city does not cover its neighbours; as web/drawn_map.py draws.
const TENS = ["log10", ["max", ["get", "n"], 1]];
const grow = (least, step) => ["+", least, ["*", step, TENS]];
// From this zoom on each place stands alone; below, the other kind is a mark beside a group, without its number.
const PART_ZOOM = 13;
// A group is drawn as what most of it is.
const surveyed = [">=", ["*", 2, ["get", "surveyed"]], ["get", "n"]];

// Whole numbers of five digits are wider than their group, so thousands are told as such.
function tell({ thousands }) {
  const locale = document.documentElement.lang;
  const number = (value) => ["number-format", ["round", value], { locale }];
  const line = thousands.length > 1 ? "\n" : "";
  return [
    "case",
    ["<", ["get", "n"], 2], ["format", "", {}],
    ["<", ["get", "n"], 10000], ["format", number(["get", "n"]), {}],
    ["format", number(["/", ["get", "n"], 1000]), {}, line + thousands, { "font-scale": line ? 0.75 : 1 }],
  ];
}

const COUNT = {
  "text-font": ["IBM Plex Sans"],
  "text-size": ["step", ["get", "n"], 12, 1000, 11],
  "text-line-height": 0.9,
  "text-allow-overlap": true,
  // The names of towns, placed after, keep away from groups.
  "text-padding": 8,
};

// `first` is the kind whose numbers are told where groups of both would cover each other; with none, both are.
export function addLotAndRequirementLayers(map, source, { words, first = null }) {
  map.addImage("requirement", drawSquare(), { pixelRatio: 2 });
  map.addLayer({
    id: "lots", type: "circle", source, "source-layer": "lots",
    layout: { "circle-sort-key": ["get", "n"] },
    paint: {
      "circle-color": ["case", surveyed, COLOURS.lots, COLOURS.lotsPale],
      "circle-stroke-color": ["case", surveyed, "#ffffff", COLOURS.lots],
      "circle-stroke-width": ["case", surveyed, 1.5, 2],
    },
  });
  map.addLayer({
    id: "lot-counts", type: "symbol", source, "source-layer": "lots", layout: COUNT,
    // A mark of the other kind may lie below a number: the halo keeps it legible.
    paint: {
      "text-color": ["case", surveyed, "#ffffff", "#003a5c"],
      "text-halo-color": ["case", surveyed, COLOURS.lots, COLOURS.lotsPale],
      "text-halo-width": 1,
    },
  });
  map.addLayer({
    id: "requirements", type: "symbol", source, "source-layer": "requirements",
    layout: { ...COUNT, "icon-image": "requirement", "icon-allow-overlap": true, "icon-ignore-placement": true },
    paint: { "text-color": "#ffffff" },
  });
  if (first) {
    // Set apart from each other, for groups of both lie on the same spot; close up, each is where it is.
    const shift = ["step", ["zoom"], ["literal", [13, -13]], PART_ZOOM, ["literal", [0, 0]]];
    for (const part of ["icon", "text"]) map.setPaintProperty("requirements", `${part}-translate`, shift);
  }
  const told = tell(words);
  const layers = {
    tellFirst(kind) {
      const far = (ours, other, near) => (kind === null ? near : ["step", ["zoom"], kind === "lots" ? ours : other, PART_ZOOM, near]);
      const [circle, square] = [grow(7, 2.7), grow(0.5, 0.2)];
      map.setPaintProperty("lots", "circle-radius", far(circle, grow(4, 1), circle));
      map.setLayoutProperty("lot-counts", "text-field", far(told, "", told));
      map.setLayoutProperty("requirements", "icon-size", far(grow(0.35, 0.04), square, square));
      map.setLayoutProperty("requirements", "text-field", far("", told, told));
      map.moveLayer(kind === "requirements" ? "requirements" : "lot-counts");
    },
  };
  layers.tellFirst(first);
  return layers;
}

function makeLine(text, href) {
  const line = document.createElement("p");
  const part = document.createElement(href ? "a" : "span");
  part.textContent = text;
  if (href) part.href = href;
  line.append(part);
  return line;
}

function describe(feature, words, language, root) {
  const { n, id, site, name_da: danish, name_en: english, decide_by: decide } = feature.properties;
  const kind = feature.layer.id;
  const name = (language === "en" ? english : danish) ?? words.several;
  const one = kind === "lots" ? words.lot : words.requirement;
  const many = kind === "lots" ? words.lots : words.requirements;
  const text = n === 1 ? `${name} (${one})` : `${n} ${many}: ${name}`;
  if (id) {
    const line = makeLine(text, `${root}${kind}/${id}`);
    if (decide) {
      const form = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "da-DK", { dateStyle: "medium" });
      line.append(document.createElement("br"), `${words.decide} ${form.format(new Date(decide))}`);
    }
    return line;
  }
  return makeLine(text, site ? `${root}sites/${site}` : null);
}

const single = (feature) => feature.properties.site !== undefined;

// `select` is called with the lot or requirement that is told of, and with nothing when its popup closes.
export function addPopups(map, element, { select = () => undefined } = {}) {
  const words = JSON.parse(element.dataset.words);
  const { language } = element.dataset;
  // Files are kept under a mark (`/v-.../assets/`), pages are not.
  const home = new URL("../", import.meta.url).pathname.replace(/v-[0-9a-f]+\/$/, "");
  const root = language === "en" ? `${home}en/` : home;
  for (const layer of ["lots", "requirements"]) {
    map.on("mouseenter", layer, () => { map.getCanvas().style.cursor = "pointer"; });
    map.on("mouseleave", layer, () => { map.getCanvas().style.cursor = ""; });
  }
  map.on("click", (event) => {
    if (element.dataset.drawing) return;
    const { x, y } = event.point;
    const found = map.queryRenderedFeatures([[x - 6, y - 6], [x + 6, y + 6]], { layers: ["lots", "requirements"] });
    if (found.length === 0) return;
    if (!found.some(single)) {
      map.easeTo({ center: event.lngLat, zoom: Math.min(map.getZoom() + 2, map.getMaxZoom()) });
      return;
    }
    const content = document.createElement("div");
    content.className = "gb-popup";
    content.append(...found.slice(0, 8).map((feature) => describe(feature, words, language, root)));
    const popup = new maplibregl.Popup({ maxWidth: "280px" }).setLngLat(event.lngLat).setDOMContent(content);
    if (found[0].layer.id === "lots") {
      const [lon, lat] = found[0].geometry.coordinates;
      const told = select(lon, lat);
      if (told) content.append(makeLine(told, null));
      popup.on("close", () => select());
    }
    popup.addTo(map);
  });
}
