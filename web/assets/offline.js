// SPDX-License-Identifier: EUPL-1.2
// Keeps this page of a survey on the device, and the form of a new lot with it, so that both open where the
// network is away; says so, and says when a page shown comes from the device. Needs a browser with service
// workers and an address that is secure (https, or this computer); without, pages work as before.

const place = document.getElementById("offline");
const words = JSON.parse(place.dataset.words);
const kept = document.documentElement.dataset.kept;
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "medium", timeStyle: "short" });

function say(text) {
  place.hidden = false;
  place.textContent = text;
}

function ask(worker, paths) {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = ({ data }) => resolve(data);
    worker.postMessage({ keep: paths }, [port2]);
  });
}

async function begin() {
  if (kept) {
    say(words.away.replace("{when}", when.format(new Date(kept))));
    return;
  }
  if (!("serviceWorker" in navigator)) return;
  await navigator.serviceWorker.register(place.dataset.worker, { scope: place.dataset.scope });
  const { active } = await navigator.serviceWorker.ready;
  const links = [...document.querySelectorAll("a[data-keep]")].map((link) => new URL(link.href).pathname);
  const got = await ask(active, [...new Set([location.pathname, ...links])]);
  if (got.some((path) => path.endsWith("/lots/new"))) say(words.ready);
}

begin()
  .catch(() => {})
  .finally(() => {
    place.dataset.ready = "1";
  });
