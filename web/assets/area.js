// SPDX-License-Identifier: EUPL-1.2
// Drawing an area to search in: corners by click, tap or Enter in the middle of the map; and showing what is asked.
import { COLOURS } from "./basemap.js";

const MOST_CORNERS = 60;
const PLACES = 5;
const METRES_PER_DEGREE = 111320;

const closed = (corners) => (corners.length > 2 ? [...corners, corners[0]] : corners);

export function ringAround(lon, lat, metres) {
  const across = metres / (METRES_PER_DEGREE * Math.cos((lat * Math.PI) / 180));
  const up = metres / METRES_PER_DEGREE;
  return Array.from({ length: 73 }, (_, step) => {
    const angle = (step * Math.PI) / 36;
    return [lon + across * Math.cos(angle), lat + up * Math.sin(angle)];
  });
}

const shape = (corners) => ({
  type: "FeatureCollection",
  features: [
    ...(corners.length > 2 ? [{ type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates: [closed(corners)] } }] : []),
    ...(corners.length > 1 ? [{ type: "Feature", properties: {}, geometry: { type: "LineString", coordinates: closed(corners) } }] : []),
    ...corners.map((corner) => ({ type: "Feature", properties: {}, geometry: { type: "Point", coordinates: corner } })),
  ],
});

export function readArea(text) {
  return text.split(",").map((corner) => corner.trim().split(/\s+/).map(Number)).filter((corner) => corner.length === 2 && corner.every(Number.isFinite));
}

function addShape(map, id, { dashed = false, corners = false } = {}) {
  map.addSource(id, { type: "geojson", data: shape([]) });
  map.addLayer({ id: `${id}-fill`, type: "fill", source: id, filter: ["==", ["geometry-type"], "Polygon"], paint: { "fill-color": COLOURS.match, "fill-opacity": 0.08 } }, "lots");
  map.addLayer({
    id: `${id}-line`, type: "line", source: id, filter: ["==", ["geometry-type"], "LineString"],
    paint: { "line-color": COLOURS.match, "line-width": 2.5, ...(dashed ? { "line-dasharray": [2, 2] } : {}) },
  }, "lots");
  if (corners) {
    map.addLayer({
      id: `${id}-corners`, type: "circle", source: id, filter: ["==", ["geometry-type"], "Point"],
      paint: { "circle-radius": 5, "circle-color": "#ffffff", "circle-stroke-color": COLOURS.match, "circle-stroke-width": 2.5 },
    });
  }
}

export function addReachRing(map) {
  addShape(map, "reach", { dashed: true });
  return {
    show(lon, lat, metres) { map.getSource("reach").setData(shape(ringAround(lon, lat, metres))); },
    hide() { map.getSource("reach").setData(shape([])); },
  };
}

// `search` is called with the area as the address has it, "" for none.
export function addAreaTool(map, element, { words, search }) {
  addShape(map, "asked", {});
  addShape(map, "drawn", { corners: true });
  const stack = element.parentElement;
  const bar = document.createElement("div");
  bar.className = "gb-tools";
  const told = document.createElement("p");
  told.className = "gb-tools-told";
  told.setAttribute("role", "status");
  const cross = document.createElement("div");
  cross.className = "gb-map-cross";
  cross.hidden = true;
  let corners = null;
  let has = false;

  function makeTool(text, act, main = false) {
    const tool = document.createElement("button");
    tool.type = "button";
    tool.className = main ? "gb-tool gb-tool-main" : "gb-tool";
    tool.textContent = text;
    tool.addEventListener("click", act);
    bar.append(tool);
    return tool;
  }

  const line = document.createElement("span");
  line.className = "gb-tools-break";
  bar.append(told, line);
  const begin = makeTool(words.area_draw, () => start());
  const remove = makeTool(words.area_remove, () => { search(""); begin.focus(); });
  const done = makeTool(words.area_done, () => finish(), true);
  const add = makeTool(words.area_add, () => addCorner(map.getCenter()));
  const back = makeTool(words.area_back, () => { corners.pop(); paint(); });
  const cancel = makeTool(words.area_cancel, () => stop());
  stack.append(cross, bar);

  const held = {};
  function put(id, points) {
    const text = JSON.stringify(points);
    if ((held[id] ?? "[]") === text) return;
    held[id] = text;
    map.getSource(id).setData(shape(points));
    map.triggerRepaint();
  }

  function paint() {
    const drawing = corners !== null;
    begin.hidden = drawing;
    remove.hidden = drawing || !has;
    for (const tool of [done, add, back, cancel]) tool.hidden = !drawing;
    cross.hidden = !drawing;
    if (drawing) {
      done.disabled = corners.length < 3;
      back.disabled = corners.length === 0;
      told.textContent = corners.length === 0 ? words.area_how : words.area_corners.replace("{n}", corners.length);
    } else told.textContent = "";
    put("drawn", corners ?? []);
    element.dataset.drawing = drawing ? "1" : "";
    map.getCanvas().style.cursor = drawing ? "crosshair" : "";
  }

  function start() {
    corners = [];
    map.doubleClickZoom.disable();
    paint();
    map.getCanvas().focus();
  }

  function stop() {
    corners = null;
    map.doubleClickZoom.enable();
    paint();
    begin.focus();
  }

  function addCorner({ lng, lat }) {
    if (corners.length >= MOST_CORNERS) {
      told.textContent = words.area_most.replace("{n}", MOST_CORNERS);
      return;
    }
    corners.push([Number(lng.toFixed(PLACES)), Number(lat.toFixed(PLACES))]);
    paint();
  }

  function finish() {
    const text = corners.map(([lon, lat]) => `${lon.toFixed(PLACES)} ${lat.toFixed(PLACES)}`).join(",");
    stop();
    search(text);
  }

  map.on("click", (event) => { if (corners) addCorner(event.lngLat); });
  map.getCanvas().addEventListener("keydown", (event) => {
    if (!corners) return;
    if (event.key === "Enter") addCorner(map.getCenter());
    else if (event.key === "Backspace") { corners.pop(); paint(); }
    else if (event.key === "Escape") stop();
    else return;
    event.preventDefault();
  });
  paint();

  return {
    // Shows what the search asks: its area, or the circle around its place.
    show({ area, near }) {
      const [lon, lat, metres] = (near || "").split(",").map(Number);
      const asked = area ? readArea(area) : near ? ringAround(lon, lat, metres) : [];
      put("asked", asked);
      has = Boolean(area);
      paint();
    },
  };
}
