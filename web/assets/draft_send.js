// SPDX-License-Identifier: EUPL-1.2
// Sends kept drafts. The key each carries is checked by the server: sent twice, it is written once.

import { dropDraft, findDraft, keepDraft, listDrafts } from "./draft_store.js";

const PATIENCE_MS = 120_000;

function fill(draft, token) {
  const body = new FormData();
  for (const [name, text] of draft.fields) {
    body.append(name, name === "csrf_token" && token ? token : text);
  }
  for (const [name, file] of draft.files) body.append(name, file, file.name);
  return body;
}

function post(draft, { token, late = false } = {}) {
  return fetch(draft.action, {
    method: "POST",
    body: fill(draft, token),
    headers: { Accept: "application/json", ...(late && { "X-Genbro-Late": "1" }) },
    credentials: "same-origin",
    signal: AbortSignal.timeout(PATIENCE_MS),
  });
}

// The token of a form dies with the server's process or after a day: its page gives a new one.
async function fetchToken(draft) {
  const page = await fetch(draft.page, { credentials: "same-origin" });
  const read = new DOMParser().parseFromString(await page.text(), "text/html");
  return read.querySelector("input[name=csrf_token]")?.value;
}

// What became of a draft: saved with its location; offline, to be tried again; or refused, with the server's words.
export async function sendDraft(draft, { late = false } = {}) {
  try {
    let answer = await post(draft, { late });
    if (answer.status === 400) answer = await post(draft, { late, token: await fetchToken(draft) });
    if (answer.ok && answer.headers.get("Content-Type")?.startsWith("application/json")) {
      return { saved: true, location: (await answer.json()).location };
    }
    if (answer.status >= 500) return { offline: true };
    const said = answer.status === 409 || answer.status === 422 ? await answer.json() : {};
    return { refused: true, status: answer.status, why: Object.values(said.errors ?? {}) };
  } catch {
    return { offline: true };
  }
}

// Sends all that waits, oldest first, and stops where the network is away. One tab does it at a time.
export async function sendWaiting(words) {
  const work = async () => {
    for (const { key } of await listDrafts()) {
      const draft = await findDraft(key);
      if (draft?.state !== "waiting") continue;
      const end = await sendDraft(draft, { late: true });
      if (end.offline) return;
      if (end.saved) await dropDraft(key);
      else await keepDraft({ ...draft, state: "refused", why: tellRefusal(end, words) });
    }
  };
  if (!navigator.locks) return work(); // only a secure page has locks; the server keeps to one all the same
  return navigator.locks.request("genbro-drafts", { ifAvailable: true }, (lock) => (lock ? work() : undefined));
}

export function tellRefusal(end, words) {
  if (end.status === 413) return words.tooLarge;
  return end.why?.length ? end.why.join(" ") : words.notTaken;
}
