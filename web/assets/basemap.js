// SPDX-License-Identifier: EUPL-1.2
// The map every page starts from: our own land and town names, in words of the page's language.
import * as maplibregl from "../static/vendor/maplibre-gl/maplibre-gl.mjs";

maplibregl.setWorkerUrl(new URL("../static/vendor/maplibre-gl/maplibre-gl-worker.mjs", import.meta.url).href);

const FONT = "IBM Plex Sans";
const MOST_ZOOM = 17;

// Okabe and Ito's palette, which colour-blind people tell apart; shape and fill say the same again.
export const COLOURS = {
  lots: "#0072b2",
  lotsPale: "#d6ebf7",
  requirements: "#c2410c",
  match: "#4c2a85",
  ink: "#1a1a1a",
};

const absolute = (address) => decodeURI(new URL(address, document.baseURI).href);

function makeStyle(element) {
  const words = JSON.parse(element.dataset.words);
  return {
    version: 8,
    sources: {
      land: { type: "geojson", data: absolute(element.dataset.land), attribution: words.land },
      towns: { type: "geojson", data: absolute(element.dataset.towns), attribution: words.towns },
    },
    layers: [
      { id: "sea", type: "background", paint: { "background-color": "#d4e3ec" } },
      {
        id: "land",
        type: "fill",
        source: "land",
        paint: { "fill-color": ["case", ["get", "denmark"], "#f8f6f0", "#e6e6e1"], "fill-antialias": true },
      },
      {
        id: "coast",
        type: "line",
        source: "land",
        paint: { "line-color": ["case", ["get", "denmark"], "#8fa9b8", "#b9c4ca"], "line-width": 0.8 },
      },
    ],
  };
}

// Town names lie above the land and below what the page itself puts on the map.
const TOWNS = {
  id: "towns",
  type: "symbol",
  source: "towns",
  filter: ["step", ["zoom"], [">", ["get", "population"], 100000],
    6.5, [">", ["get", "population"], 30000], 7.5, [">", ["get", "population"], 10000],
    8.5, [">", ["get", "population"], 3000], 10, true],
  layout: {
    "text-field": ["get", "name"],
    "text-font": [FONT],
    "text-size": ["interpolate", ["linear"], ["get", "population"], 1000, 11, 100000, 13, 1000000, 15],
    "symbol-sort-key": ["-", 0, ["get", "population"]],
    "text-padding": 6,
    // A name moves aside for a group with a number.
    "text-variable-anchor": ["center", "top", "bottom", "left", "right"],
    "text-radial-offset": 1.2,
  },
  paint: { "text-color": "#4a5560", "text-halo-color": "#ffffff", "text-halo-width": 1.6 },
};

export async function makeMap(element, options = {}) {
  // The glyphs are drawn from the page's own font, so it has to be there first.
  await document.fonts.load(`24px "${FONT}"`).catch(() => undefined);
  const words = JSON.parse(element.dataset.words);
  const map = new maplibregl.Map({
    container: element,
    style: makeStyle(element),
    maxZoom: MOST_ZOOM,
    minZoom: 4,
    attributionControl: false,
    dragRotate: false,
    pitchWithRotate: false,
    touchPitch: false,
    locale: words,
    fadeDuration: 0,
    ...options,
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new maplibregl.NavigationControl({ showCompass: false }), "top-right");
  // Not at the bottom: on a narrow map the sources take the whole line there.
  map.addControl(new maplibregl.ScaleControl({ unit: "metric" }), "top-left");
  map.addControl(new maplibregl.AttributionControl({ compact: false }), "bottom-right");
  // A tile that did not come is told on the page; in the log stands what is wrong with the map itself.
  map.on("error", (event) => { if (!event.sourceId) console.error(event.error?.message ?? "map error"); });
  await map.once("load");
  map.addLayer(TOWNS);
  return map;
}

// Called once the page's own layers are there: before, the bare land is "idle" too.
export function tellState(map, element) {
  // What the page itself draws on the map is there at once; only what is fetched is waited for.
  map.on("dataloading", (event) => { if (event.source?.type !== "geojson") element.dataset.state = "loading"; });
  map.on("idle", () => { element.dataset.state = "idle"; });
  map.triggerRepaint();
}

export const readBounds = (text) => {
  const [west, south, east, north] = text.split(",").map(Number);
  return [[west, south], [east, north]];
};

export const absoluteTiles = (address) => absolute(address);
export { maplibregl };
