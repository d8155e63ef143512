// SPDX-License-Identifier: EUPL-1.2
// The small map of one place; a home is a wide, pale disc, because it lies somewhere within it.
import { COLOURS, makeMap, tellState } from "./basemap.js";

const element = document.getElementById("map");
if (element) {
  const { lon, lat, coarse, basis, words } = element.dataset;
  const place = [Number(lon), Number(lat)];
  const map = await makeMap(element, { center: place, zoom: 9, cooperativeGestures: false });
  map.addSource("place", {
    type: "geojson",
    data: { type: "Feature", geometry: { type: "Point", coordinates: place }, properties: {} },
    ...(coarse ? { attribution: JSON.parse(words).coarse } : {}),
  });
  const colour = basis === "requirement" ? COLOURS.requirements : COLOURS.lots;
  map.addLayer({
    id: "place", type: "circle", source: "place",
    paint: {
      "circle-color": colour,
      "circle-opacity": coarse ? 0.35 : 1,
      "circle-radius": coarse ? 16 : 9,
      "circle-stroke-color": coarse ? colour : "#ffffff",
      "circle-stroke-width": 2,
    },
  });
  tellState(map, element);
}
