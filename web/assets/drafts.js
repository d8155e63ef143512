// SPDX-License-Identifier: EUPL-1.2
// Losing the network loses nothing typed: forms of surveys are kept as drafts while they are filled in, wait
// in this browser when they cannot be sent, and go by themselves once the network is back. Without JavaScript
// the same forms work as forms do.

import { sendDraft, sendWaiting, tellRefusal } from "./draft_send.js";
import { dropDraft, findDraft, keepDraft, listDrafts } from "./draft_store.js";

const place = document.getElementById("drafts");
const words = JSON.parse(place.dataset.words);
const list = place.querySelector("ul");
const status = place.querySelector("[role=status]");
const forms = [...document.querySelectorAll("form[data-draft]")];
const KEEP_AFTER_MS = 250;
const TRY_AGAIN_MS = 20_000;
const when = new Intl.DateTimeFormat(document.documentElement.lang, { dateStyle: "short", timeStyle: "short" });

const findKey = (form) => form.elements.namedItem("lot_id") ?? form.elements.namedItem("sent");
// A form is the same in both languages.
const findPage = (address) => new URL(address, location.href).pathname.replace(/^\/en(?=\/)/, "");

function makeKey() {
  const bytes = crypto.getRandomValues(new Uint8Array(16));
  bytes[6] = (bytes[6] & 0x0f) | 0x40;
  bytes[8] = (bytes[8] & 0x3f) | 0x80;
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("");
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})/, "$1-$2-$3-$4-");
}

// A page kept on the device has the same key each time it is opened. A new lot or another photo takes a key of
// its own, so that it takes no other's place; a correction goes on from the one that waits, with its key.
function takeKey(form) {
  const isAnswer = form.hasAttribute("data-sent"); // the server's, to what was sent under this very key
  const isNew = form.hasAttribute("data-next") || form.querySelector("input[type=file]");
  if (isNew && !isAnswer) findKey(form).value = makeKey();
}

function collect(form, state) {
  const entries = [...new FormData(form)];
  return {
    key: findKey(form).value,
    action: form.getAttribute("action"),
    page: location.pathname,
    title: form.dataset.draft,
    fields: entries.filter(([, value]) => typeof value === "string"),
    files: entries.filter(([, value]) => value instanceof File && value.name),
    state,
    why: "",
    at: Date.now(),
  };
}

function putFiles(form, files) {
  const field = form.querySelector("input[type=file][multiple]");
  if (!field || !files.length) return;
  const chosen = new DataTransfer();
  for (const [, file] of files) chosen.items.add(file);
  field.files = chosen.files;
  form.querySelector("[data-without-files]")?.remove(); // they are chosen again already
}

function putBack(form, draft) {
  for (const [name, text] of draft.fields) {
    const field = form.elements.namedItem(name);
    if (!field || name === "csrf_token" || field.type === "file") continue;
    field.value = text;
    const fold = field.closest("details");
    if (fold && text) fold.open = true;
    field.dispatchEvent(new Event("change"));
  }
  putFiles(form, draft.files);
}

function make(tag, text, look = {}) {
  return Object.assign(document.createElement(tag), { textContent: text, ...look });
}

function press(text, work) {
  const button = make("button", text, { type: "button", className: "button button-secondary gb-big" });
  button.addEventListener("click", work);
  return button;
}

const findForm = (draft) =>
  forms.find((form) => findPage(form.getAttribute("action")) === findPage(draft.action));

function describe(draft) {
  const item = document.createElement("li");
  item.append(make("p", `${draft.title} (${when.format(draft.at)}): ${words[draft.state]}`));
  if (draft.why) item.append(make("p", draft.why, { className: "gb-lacks" }));
  const buttons = make("div", "", { className: "gb-actions" });
  const form = findForm(draft);
  if (draft.state === "waiting") {
    buttons.append(press(words.sendNow, () => sendAll()));
  } else if (form) {
    buttons.append(
      press(words.takeUp, () => {
        putBack(form, draft);
        show();
        form.scrollIntoView();
      }),
    );
  } else {
    const link = `${draft.page}?draft=${draft.key}`;
    buttons.append(make("a", words.takeUp, { href: link, className: "button button-secondary gb-big" }));
  }
  buttons.append(
    press(words.drop, async () => {
      if (!window.confirm(words.sure)) return;
      await dropDraft(draft.key);
      show();
    }),
  );
  item.append(buttons);
  return item;
}

// Shows what is kept here and not with the server, but for what stands in a form of this page.
async function show() {
  const here = new Set(forms.map((form) => findKey(form).value));
  const drafts = await listDrafts();
  const shown = drafts.filter((draft) => draft.state !== "typed" || !here.has(draft.key));
  const waiting = drafts.filter((draft) => draft.state === "waiting").length;
  list.replaceChildren(...shown.map(describe));
  status.textContent = waiting ? words.waits.replace("{count}", waiting) : "";
  place.hidden = !shown.length && !waiting;
}

async function sendAll() {
  await sendWaiting(words);
  await show();
}

function beginNext(form) {
  form.reset();
  findKey(form).value = makeKey();
  for (const fold of form.querySelectorAll("details")) fold.open = false;
  place.scrollIntoView();
}

// To another place of the same page would be no new page: what was saved would not be seen. A page that answers
// a form is never loaded again, for that sends the form once more: its address is asked for instead.
function goTo(address) {
  const to = new URL(address, location.href);
  const isHere = to.pathname === location.pathname && to.search === location.search;
  const isAnswer = forms.some((form) => form.hasAttribute("data-sent"));
  if (isHere && to.hash && !isAnswer) {
    location.hash = to.hash;
    location.reload();
    return;
  }
  if (isHere) to.hash = "";
  location.assign(to);
}

async function submit(form) {
  const draft = collect(form, "waiting");
  try {
    await keepDraft(draft);
  } catch {
    form.submit(); // nothing can be kept here: the form goes as forms do
    return;
  }
  const end = await sendDraft(draft);
  if (end.saved) {
    await dropDraft(draft.key);
    goTo(end.location);
    return;
  }
  if (end.offline) {
    if (form.hasAttribute("data-next")) beginNext(form);
    else if (form.querySelector("input[type=file]")) {
      form.reset();
      findKey(form).value = makeKey();
    }
    await show();
    place.hidden = false;
    place.focus();
    return;
  }
  await keepDraft({ ...draft, state: "typed" });
  if (end.status === 409 || end.status === 422) {
    form.submit(); // the page that comes says what is wrong at each field
    return;
  }
  status.textContent = tellRefusal(end, words);
  place.hidden = false;
  place.focus();
}

function bind(form) {
  let timer;
  const keep = () => {
    clearTimeout(timer);
    timer = undefined;
    keepDraft(collect(form, "typed")).catch(() => {
      status.textContent = words.cannotKeep;
      place.hidden = false;
    });
  };
  const later = () => {
    clearTimeout(timer);
    timer = setTimeout(keep, KEEP_AFTER_MS);
  };
  form.addEventListener("input", later);
  document.addEventListener("visibilitychange", () => timer && keep());
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    clearTimeout(timer);
    timer = undefined;
    if (form.dataset.sending) return;
    form.dataset.sending = "1";
    await submit(form);
    delete form.dataset.sending;
  });
}

async function begin() {
  const asked = new URLSearchParams(location.search).get("draft");
  for (const form of forms) {
    takeKey(form);
    bind(form);
    const draft = (asked && (await findDraft(asked))) || (await findDraft(findKey(form).value));
    if (!draft || findForm(draft) !== form) continue;
    // what the server sent back holds the texts already, and only the files are missing
    if (form.hasAttribute("data-sent") && draft.key === findKey(form).value) putFiles(form, draft.files);
    else putBack(form, draft);
  }
  await sendAll();
  window.addEventListener("online", sendAll);
  setInterval(async () => {
    const drafts = await listDrafts();
    if (document.visibilityState === "visible" && drafts.some((draft) => draft.state === "waiting")) sendAll();
  }, TRY_AGAIN_MS);
  place.dataset.ready = "1";
}

begin().catch(() => {
  status.textContent = words.cannotKeep;
  place.hidden = false;
});
