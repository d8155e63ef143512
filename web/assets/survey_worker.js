// SPDX-License-Identifier: EUPL-1.2
// Opens pages of surveys where the network is away. The browser runs it beside the pages, on this device.
//
// With a network everything comes from the server; what came is kept: pages of surveys that were asked for (GET)
// and the files they are drawn with. Nothing that was sent is kept, nothing that is said once, nothing of others.
// The server writes KEPT before this: language, version, surveys and offline (paths), files (paths). Another
// version is another worker and another cache; the pages kept move along, fetched anew.

/* global KEPT */

const OURS = `genbro-survey-${KEPT.language}-`;
const CACHE = OURS + KEPT.version;
const MOST_PAGES = 100;
const PATIENCE_MS = 5_000;
const AWAY = new Set([502, 503, 504]);
const ID = "[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}";
const PAGES = new RegExp(`^${KEPT.surveys}(?:/${ID}(?:/lots/new|/rooms)?|/lots/${ID})?$`);
const FILES = /^\/(?:assets|static)\//;
// Files are kept without the mark of their edition: a page kept before they changed finds the newer ones.
const unmark = (path) => path.replace(/^\/v-[^/]+/, "");

// Whether the last page came from this device: its files then come from here too, without a wait for each.
let isAway = false;

const isWhole = (answer, kind) =>
  answer.ok &&
  answer.type === "basic" &&
  !answer.redirected &&
  (answer.headers.get("Content-Type") ?? "").startsWith(kind);

const isSaidOnce = (page) => (page.headers.get("Cache-Control") ?? "").includes("no-store");

async function findKept(path) {
  const cache = await caches.open(CACHE);
  return cache.match(path);
}

// The page last opened stands last, and the first go where there are too many.
async function put(path, page) {
  const cache = await caches.open(CACHE);
  await cache.delete(path);
  await cache.put(path, page);
  const pages = (await cache.keys()).filter((request) => PAGES.test(new URL(request.url).pathname));
  for (const request of pages.slice(0, -MOST_PAGES)) await cache.delete(request);
}

async function fetchPage(path) {
  const page = await fetch(path, { credentials: "same-origin", headers: { Accept: "text/html" } });
  if (!isWhole(page, "text/html") || isSaidOnce(page)) return false;
  await put(path, page);
  return true;
}

const keep = (path) => fetchPage(path).catch(() => false);

function soon(answer) {
  const late = new Promise((_resolve, reject) => setTimeout(() => reject(new Error("late")), PATIENCE_MS));
  return Promise.race([answer, late]);
}

// A page from this device says so, and when it came: its scripts read the mark.
async function mark(page) {
  const text = await page.text();
  const came = new Date(page.headers.get("Date") ?? Date.now()).toISOString();
  const headers = new Headers(page.headers);
  // of the page as it was sent, compressed
  for (const name of ["Content-Encoding", "Content-Length"]) headers.delete(name);
  return new Response(text.replace("<html", `<html data-kept="${came}"`), { headers });
}

async function openPage(event, path) {
  const kept = await findKept(path);
  const asked = fetch(event.request);
  const used = asked.then(async (page) => {
    if (new URL(event.request.url).search || !isWhole(page, "text/html")) return;
    await (isSaidOnce(page) ? keep(path) : put(path, page.clone()));
  });
  event.waitUntil(used.catch(() => {}));
  try {
    const page = await (kept ? soon(asked) : asked);
    if (!AWAY.has(page.status)) {
      isAway = false;
      return page;
    }
  } catch {
    // the network is away, or as good as
  }
  isAway = true;
  return mark(kept ?? (await findKept(KEPT.offline)));
}

async function openFile(event, path) {
  const kept = await findKept(path);
  if (kept && isAway) return kept;
  try {
    const file = await (kept ? soon(fetch(event.request)) : fetch(event.request));
    if (isWhole(file, "")) {
      const cache = await caches.open(CACHE);
      event.waitUntil(cache.put(path, file.clone()));
    }
    return file;
  } catch (error) {
    if (kept) return kept;
    throw error;
  }
}

async function carryOver() {
  for (const name of await caches.keys()) {
    if (!name.startsWith(OURS) || name === CACHE) continue;
    const old = await caches.open(name);
    for (const request of await old.keys()) {
      const path = new URL(request.url).pathname;
      if (PAGES.test(path) && !(await keep(path))) await put(path, await old.match(request));
    }
  }
}

async function install() {
  const cache = await caches.open(CACHE);
  await cache.addAll([...KEPT.files, KEPT.offline].map((path) => new Request(path, { cache: "no-cache" })));
  await carryOver();
  await self.skipWaiting();
}

async function activate() {
  const names = await caches.keys();
  const old = names.filter((name) => name.startsWith(OURS) && name !== CACHE);
  await Promise.all(old.map((name) => caches.delete(name)));
  await self.clients.claim();
}

self.addEventListener("install", (event) => event.waitUntil(install()));
self.addEventListener("activate", (event) => event.waitUntil(activate()));

self.addEventListener("fetch", (event) => {
  const { request } = event;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (request.mode === "navigate") {
    if (PAGES.test(url.pathname)) event.respondWith(openPage(event, url.pathname));
  } else if (FILES.test(unmark(url.pathname))) {
    event.respondWith(openFile(event, unmark(url.pathname)));
  }
});

// A page asks for others to be kept, and hears which are.
self.addEventListener("message", (event) => {
  const work = async () => {
    const paths = event.data.keep.filter((path) => PAGES.test(path));
    const kept = [];
    for (const path of paths) if (await keep(path)) kept.push(path);
    event.ports[0]?.postMessage(kept);
  };
  event.waitUntil(work());
});
