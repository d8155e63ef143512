// SPDX-License-Identifier: EUPL-1.2
// The map engine is large and comes last: list, filters and timeline work before it is there, and without it.

// It needs WebGL 2; where there is none, the map that the server drew stays.
export function hasEngine() {
  try {
    return Boolean(document.createElement("canvas").getContext("webgl2"));
  } catch {
    return false;
  }
}

export async function loadEngine() {
  const parts = await Promise.all([import("./basemap.js"), import("./layers.js"), import("./area.js"), loadStyle()]);
  return Object.assign({}, ...parts);
}

// The engine's own style holds nothing up; it stands before the page's, which have the last word.
function loadStyle() {
  const link = document.createElement("link");
  link.rel = "stylesheet";
  link.href = new URL("../static/vendor/maplibre-gl/maplibre-gl.css", import.meta.url).href;
  return new Promise((resolve) => {
    link.onload = link.onerror = () => resolve({});
    document.head.querySelector("link[rel=stylesheet]").after(link);
  });
}
