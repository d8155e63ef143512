// SPDX-License-Identifier: EUPL-1.2
// Without a network: lists the pages of surveys that are kept on this device, each by its title.

const list = document.getElementById("kept-pages");
const none = document.getElementById("kept-none");

async function listKept() {
  const found = [];
  if (!("caches" in window)) return found; // not on an address that is not secure
  for (const name of await caches.keys()) {
    if (!name.startsWith(`genbro-survey-${document.documentElement.lang}-`)) continue;
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      const { pathname } = new URL(request.url);
      const isSurvey = pathname === list.dataset.surveys || pathname.startsWith(`${list.dataset.surveys}/`);
      if (!isSurvey || pathname === list.dataset.offline) continue;
      const page = await cache.match(request);
      const { title } = new DOMParser().parseFromString(await page.text(), "text/html");
      found.push({ pathname, title: title.replace(/ · Genbro$/, "") });
    }
  }
  return found.reverse();
}

const pages = await listKept();
list.replaceChildren(
  ...pages.map(({ pathname, title }) => {
    const item = document.createElement("li");
    const link = Object.assign(document.createElement("a"), { href: pathname, textContent: title });
    item.append(link);
    return item;
  }),
);
none.hidden = pages.length > 0;
