// SPDX-License-Identifier: EUPL-1.2
// The map of a plan: a line from each lot's place to the project that gets it.
import { COLOURS, absoluteTiles, makeMap, readBounds, tellState } from "./basemap.js";
import { addLotAndRequirementLayers, addPopups } from "./layers.js";

const element = document.getElementById("map");
const SOURCE = "plan";
const map = await makeMap(element, { bounds: readBounds(element.dataset.bounds), fitBoundsOptions: { padding: 32 } });
map.addSource(SOURCE, { type: "vector", tiles: [absoluteTiles(element.dataset.tiles)], maxzoom: 14 });
map.addLayer({
  id: "matches", type: "line", source: SOURCE, "source-layer": "matches",
  layout: { "line-cap": "round" },
  paint: {
    "line-color": COLOURS.match,
    "line-opacity": 0.6,
    "line-width": ["interpolate", ["linear"], ["get", "n"], 1, 1.6, 5, 3.5, 20, 6],
  },
});
addLotAndRequirementLayers(map, SOURCE, { words: JSON.parse(element.dataset.words), first: "lots" });
addPopups(map, element);
tellState(map, element);
