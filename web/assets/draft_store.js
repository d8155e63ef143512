// SPDX-License-Identifier: EUPL-1.2
// Drafts of forms kept in this browser (IndexedDB), photos included, until the server has them.
//
// A draft: key (of its form, chosen once), action (where it is sent), page (where its form stands), title,
// fields ([name, text] each), files ([name, file] each), state (typed, waiting or refused), why, at.

const NAME = "genbro-survey";
const DRAFTS = "drafts";

let opened;

function open() {
  opened ??= new Promise((resolve, reject) => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => request.result.createObjectStore(DRAFTS, { keyPath: "key" });
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  return opened;
}

async function ask(mode, work) {
  const database = await open();
  return new Promise((resolve, reject) => {
    const transaction = database.transaction(DRAFTS, mode);
    const request = work(transaction.objectStore(DRAFTS));
    // not before the transaction is through is anything kept
    transaction.oncomplete = () => resolve(request.result);
    transaction.onabort = () => reject(transaction.error);
  });
}

export const keepDraft = (draft) => ask("readwrite", (store) => store.put(draft));
export const dropDraft = (key) => ask("readwrite", (store) => store.delete(key));
export const findDraft = (key) => ask("readonly", (store) => store.get(key));

export async function listDrafts() {
  const drafts = await ask("readonly", (store) => store.getAll());
  return drafts.sort((one, other) => one.at - other.at);
}
