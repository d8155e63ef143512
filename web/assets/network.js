// SPDX-License-Identifier: EUPL-1.2
// Fetching when the network may be gone: what is shown stays, it is said so, and it is asked again.

const FIRST_WAIT = 1000;
const MOST_WAIT = 30000;

const place = () => document.getElementById("network");

function tell(text, lost) {
  const element = place();
  if (!element || element.textContent === text) return;
  element.textContent = text;
  element.classList.toggle("gb-network-lost", lost);
}

// Waits a while, or until the browser says that it is online again.
function wait(milliseconds, signal) {
  return new Promise((resolve, reject) => {
    const done = () => { window.removeEventListener("online", done); clearTimeout(timer); resolve(); };
    const timer = setTimeout(done, milliseconds);
    window.addEventListener("online", done);
    signal?.addEventListener("abort", () => {
      window.removeEventListener("online", done);
      clearTimeout(timer);
      reject(signal.reason);
    });
  });
}

// Fetches an address until it answers; an abort ends it. An answer that is refused (4xx) is an answer.
export async function fetchPatiently(address, { words, signal, headers }) {
  let pause = FIRST_WAIT;
  let failed = false;
  for (;;) {
    try {
      const answer = await fetch(address, { signal, headers });
      if (answer.status < 500) {
        if (failed) tell(words.back, false);
        else tell("", false);
        return answer;
      }
      tell(words.failed, true);
    } catch (error) {
      if (signal?.aborted) throw error;
      tell(words.lost, true);
    }
    failed = true;
    await wait(pause, signal);
    pause = Math.min(pause * 2, MOST_WAIT);
  }
}

// Tells of tiles that do not come, and calls for them again once there is a network.
export function watchTiles(map, { words, again }) {
  let waiting = false;
  map.on("error", async (event) => {
    if (waiting || !event.sourceId) return;
    waiting = true;
    tell(words.lost, true);
    let pause = FIRST_WAIT;
    for (;;) {
      await wait(pause);
      try {
        if ((await fetch(document.getElementById("map").dataset.towns, { cache: "no-store" })).ok) break;
      } catch { /* still gone */ }
      pause = Math.min(pause * 2, MOST_WAIT);
    }
    waiting = false;
    tell(words.back, false);
    again();
  });
}
