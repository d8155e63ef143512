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

const radius = (least) => ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, least, 4, 13, 12, 19, 40, 27];
// A group is drawn as what most of it is.
const surveyed = [">=", ["*", 2, ["get", "surveyed"]], ["get", "n"]];
const count = {
  "text-field": ["case", [">", ["get", "n"], 1], ["to-string", ["get", "n"]], ""],
  "text-font": ["IBM Plex Sans"],
  "text-size": 12,
  "text-allow-overlap": true,
  "text-ignore-placement": true,
};

// Set apart from each other where groups of both would lie on the same spot; close up, each is where it is.
const shift = ["interpolate", ["linear"], ["zoom"], 7, ["literal", [15, -15]], 13, ["literal", [0, 0]]];

export function addLotAndRequirementLayers(map, source, { apart = false } = {}) {
  map.addImage("requirement", drawSquare(), { pixelRatio: 2 });
  map.addLayer({
    id: "lots", type: "circle", source, "source-layer": "lots",
    paint: {
      "circle-color": ["case", surveyed, COLOURS.lots, COLOURS.lotsPale],
      "circle-stroke-color": ["case", surveyed, "#ffffff", COLOURS.lots],
      "circle-stroke-width": ["case", surveyed, 1.5, 2],
      "circle-radius": radius(6),
    },
  });
  map.addLayer({
    id: "lot-counts", type: "symbol", source, "source-layer": "lots", layout: count,
    paint: { "text-color": ["case", surveyed, "#ffffff", "#003a5c"] },
  });
  map.addLayer({
    id: "requirements", type: "symbol", source, "source-layer": "requirements",
    layout: {
      ...count,
      "icon-image": "requirement",
      "icon-allow-overlap": true,
      "icon-ignore-placement": true,
      "icon-size": ["interpolate", ["linear"], ["sqrt", ["get", "n"]], 1, 0.5, 3, 0.8, 12, 1.3],
    },
    paint: {
      "text-color": "#ffffff",
      ...(apart ? { "icon-translate": shift, "text-translate": shift } : {}),
    },
  });
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
    const found = map.queryRenderedFeatures([[x - 4, y - 4], [x + 4, y + 4]], { layers: ["lots", "requirements"] });
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
