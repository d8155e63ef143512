// SPDX-License-Identifier: EUPL-1.2
// A map to press where something is built: it writes the point into a field, which alone is sent.
import { COLOURS, makeMap, maplibregl, tellState } from "./basemap.js";

const element = document.getElementById("map");
const field = element && document.getElementById(element.dataset.field);
if (field) {
  const { lon, lat } = element.dataset;
  const placed = lon !== "" && lat !== "";
  const map = await makeMap(element, {
    center: placed ? [Number(lon), Number(lat)] : [11.2, 56.1], zoom: placed ? 10 : 5.6, cooperativeGestures: false,
  });
  const marker = new maplibregl.Marker({ color: COLOURS.requirements });
  if (placed) marker.setLngLat([Number(lon), Number(lat)]).addTo(map);
  map.getCanvas().style.cursor = "crosshair";
  map.on("click", ({ lngLat }) => {
    marker.setLngLat(lngLat).addTo(map);
    field.value = `${lngLat.lat.toFixed(5)}, ${lngLat.lng.toFixed(5)}`;
  });
  tellState(map, element);
}
