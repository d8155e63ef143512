// SPDX-License-Identifier: EUPL-1.2
// The timeline: a window of months is dragged over its bars, or set with its two thumbs by mouse, touch or arrows.

const pad = (number) => String(number).padStart(2, "0");
const firstDay = (number) => `${Math.floor(number / 12)}-${pad((number % 12) + 1)}-01`;
const lastDay = (number) => {
  const year = Math.floor(number / 12);
  return `${year}-${pad((number % 12) + 1)}-${pad(new Date(Date.UTC(year, (number % 12) + 1, 0)).getUTCDate())}`;
};

// `choose` is called with the first and the last day once a window has been let go, and with none for all months.
export function addMonths({ language, choose }) {
  const section = document.getElementById("when");
  if (!section) return { take: () => undefined };
  section.classList.add("gb-when-live");
  const name = new Intl.DateTimeFormat(language === "en" ? "en-GB" : "da-DK", { month: "long", year: "numeric", timeZone: "UTC" });
  const say = (number) => name.format(new Date(Date.UTC(Math.floor(number / 12), number % 12, 1)));
  const thumbs = () => ["first_month", "last_month"].map((id) => document.getElementById(id));
  const range = () => thumbs().map((thumb) => Number(thumb.value)).sort((a, b) => a - b);
  let held = null;

  function paint() {
    const [first, last] = range();
    for (const bar of section.querySelectorAll(".gb-when-bar")) {
      const month = Number(bar.dataset.month);
      bar.classList.toggle("gb-when-on", month >= first && month <= last);
    }
    for (const thumb of thumbs()) thumb.setAttribute("aria-valuetext", say(Number(thumb.value)));
    const [least, most] = [Number(thumbs()[0].min), Number(thumbs()[0].max)];
    if (first !== least || last !== most) {
      document.getElementById("when-chosen").textContent = first === last ? say(first) : `${say(first)} – ${say(last)}`;
    }
    return first === least && last === most;
  }

  function finish() {
    const all = paint();
    const [first, last] = range();
    if (all) choose("", "");
    else choose(firstDay(first), lastDay(last));
  }

  function monthAt(event) {
    const box = document.getElementById("when-picture").getBoundingClientRect();
    const [least, most] = [Number(thumbs()[0].min), Number(thumbs()[0].max)];
    const share = Math.min(Math.max((event.clientX - box.left) / box.width, 0), 0.9999);
    return least + Math.floor(share * (most - least + 1));
  }

  function set(first, last) {
    const [one, other] = thumbs();
    one.value = Math.min(first, last);
    other.value = Math.max(first, last);
    paint();
  }

  section.addEventListener("pointerdown", (event) => {
    const picture = event.target.closest(".gb-when-bars");
    if (!picture || event.button !== 0) return;
    const month = monthAt(event);
    const [first, last] = range();
    const whole = first === Number(thumbs()[0].min) && last === Number(thumbs()[0].max);
    // A window that is held within is moved; anywhere else a new one begins.
    held = !whole && month >= first && month <= last && first !== last ? { grip: month, first, last } : { from: month };
    picture.setPointerCapture(event.pointerId);
    if (held.from !== undefined) set(month, month);
  });
  section.addEventListener("pointermove", (event) => {
    if (!held) return;
    const month = monthAt(event);
    if (held.from !== undefined) {
      set(held.from, month);
      return;
    }
    const [least, most] = [Number(thumbs()[0].min), Number(thumbs()[0].max)];
    const by = Math.min(Math.max(month - held.grip, least - held.first), most - held.last);
    set(held.first + by, held.last + by);
  });
  const release = () => {
    if (!held) return;
    held = null;
    finish();
  };
  section.addEventListener("pointerup", release);
  section.addEventListener("pointercancel", release);
  section.addEventListener("input", (event) => { if (event.target.matches(".gb-when-thumb")) paint(); });
  section.addEventListener("change", (event) => { if (event.target.matches(".gb-when-thumb")) finish(); });
  section.addEventListener("submit", (event) => {
    event.preventDefault();
    finish();
  });

  return {
    // Takes over bars, table and window of a page fetched since; the thumbs themselves stay, and with them the focus.
    take(page) {
      const fresh = page.getElementById("when");
      if (!fresh) return;
      for (const part of [".gb-when-bars", ".gb-when-table table", ".gb-when-scale"]) {
        section.querySelector(part).replaceWith(fresh.querySelector(part));
      }
      document.getElementById("when-chosen").textContent = fresh.querySelector("#when-chosen").textContent;
      const reset = section.querySelector(".gb-reset");
      const freshReset = fresh.querySelector(".gb-reset");
      if (reset && !freshReset) reset.remove();
      else if (!reset && freshReset) section.querySelector(".gb-when-buttons").append(freshReset);
      else if (reset) reset.replaceWith(freshReset);
      if (held) return;
      for (const thumb of thumbs()) {
        const other = fresh.querySelector(`#${thumb.id}`);
        thumb.value = other.getAttribute("value");
        thumb.setAttribute("aria-valuetext", other.getAttribute("aria-valuetext"));
      }
    },
  };
}
