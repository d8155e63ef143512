// SPDX-License-Identifier: EUPL-1.2
// The map of what comes free: lots alone, as the address filters them.
import { absoluteTiles, makeMap, readBounds, tellState } from "./basemap.js";
import { addLotAndRequirementLayers, addPopups } from "./layers.js";

const element = document.getElementById("map");
const SOURCE = "coming";
const map = await makeMap(element, { bounds: readBounds(element.dataset.bounds), fitBoundsOptions: { padding: 24 } });
map.addSource(SOURCE, { type: "vector", tiles: [absoluteTiles(element.dataset.tiles)], maxzoom: 14 });
addLotAndRequirementLayers(map, SOURCE, { words: JSON.parse(element.dataset.words) });
map.setLayoutProperty("requirements", "visibility", "none");
addPopups(map, element);
tellState(map, element);
