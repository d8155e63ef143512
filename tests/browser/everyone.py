# SPDX-License-Identifier: EUPL-1.2
"""What holds of every page for everyone: asked of the browser itself, by WCAG 2.2's own words.

1.4.10 reflow, 1.4.12 text spacing, 2.3.3 motion, 2.4.7 and 2.4.11 focus, 2.5.8 target size.
"""

from playwright.sync_api import Page

SMALLEST = {"width": 320, "height": 640}
"""What 1.4.10 asks for: 1,280 pixels enlarged four times; 200 % lies in between."""

# The spacing of 1.4.12, set as a reader's own style sheet would; a policy on styles does not stop the reader.
_SPACE_OUT = """() => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(`* { line-height: 1.5 !important; letter-spacing: 0.12em !important;
    word-spacing: 0.16em !important } p { margin-bottom: 2em !important }`);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""

_FIND_CUT = """() => [...document.querySelectorAll("body *")].filter((one) => {
  if (!one.checkVisibility({ visibilityProperty: true }) || one.clientWidth <= 1) return false;
  if (one.closest("svg, .maplibregl-map")) return false;
  if (![...one.childNodes].some((node) => node.nodeType === 3 && node.data.trim())) return false;
  const style = getComputedStyle(one);
  const hides = (way) => way === "hidden" || way === "clip";
  return (hides(style.overflowX) && one.scrollWidth > one.clientWidth + 1)
    || (hides(style.overflowY) && one.scrollHeight > one.clientHeight + 2);
}).map((one) => one.outerHTML.slice(0, 160))"""

# Too wide: what reaches past the window, and nothing that scrolls by itself holds it.
_FIND_WIDE = """() => {
  const wide = document.documentElement.scrollWidth;
  if (wide <= window.innerWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter((one) => one.getBoundingClientRect().right > window.innerWidth + 1 && !one.closest("svg"))
    .filter((one) => one.checkVisibility()).slice(-4).map((one) => one.outerHTML.slice(0, 160))
    .concat([`the page is ${wide} wide`]);
}"""

# 2.5.8: 24 by 24 pixels, or a circle of 24 that meets no other target, or a link within a sentence.
_FIND_SMALL = """() => {
  const asked = "a[href], button, input:not([type=hidden]), select, textarea, summary";
  const middle = (box) => [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
  const length = (one) => one.textContent.replace(/\\s+/g, "").length;
  const boxOf = (one) => {
    // A box or button of a form is pressed by its label too.
    const label = one.matches("input[type=checkbox], input[type=radio]") && one.labels?.[0];
    const boxes = [...one.getClientRects(), ...(label ? label.getClientRects() : [])];
    const box = {
      left: Math.min(...boxes.map((b) => b.left)), right: Math.max(...boxes.map((b) => b.right)),
      top: Math.min(...boxes.map((b) => b.top)), bottom: Math.max(...boxes.map((b) => b.bottom)),
    };
    return { ...box, width: box.right - box.left, height: box.bottom - box.top };
  };
  const targets = [...document.querySelectorAll(asked)]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.getClientRects().length)
    .filter((one) => !one.closest(".skipnav, .maplibregl-map"))
    .map((one) => ({ one, box: boxOf(one) })).filter(({ box }) => box.width > 1 && box.height > 1);
  const small = targets.filter(({ box }) => box.width < 23.5 || box.height < 23.5);
  const inSentence = (one) => {
    if (getComputedStyle(one).display !== "inline") return false;
    const around = one.closest("p, li, dd, dt, td, th, figcaption, summary, label, span, div");
    if (around === null) return false;
    const links = [...around.querySelectorAll("a, button")];
    return length(around) > links.reduce((sum, link) => sum + length(link), 0);
  };
  return small.filter(({ one, box }) => {
    if (inSentence(one)) return false;
    const [x, y] = middle(box);
    return targets.some(({ one: other, box: its }) => {
      if (other === one || one.contains(other) || other.contains(one)) return false;
      const across = Math.max(its.left - x, 0, x - its.right);
      const down = Math.max(its.top - y, 0, y - its.bottom);
      const [itsX, itsY] = middle(its);
      const tiny = its.width < 24 || its.height < 24;
      const far = tiny ? Math.hypot(itsX - x, itsY - y) - 12 : Math.hypot(across, down);
      return far < 11.5;
    });
  }).map(({ one, box }) =>
    `${Math.round(box.width)} x ${Math.round(box.height)}: ${one.outerHTML.slice(0, 160)}`);
}"""

# 2.4.7 and 2.4.11: what has the focus looks otherwise than without, and something of it can be seen.
_FIND_UNSEEN = """() => {
  const asked = "a[href], button, input:not([type=hidden]), select, textarea, summary, [tabindex='0']";
  const look = (one) => {
    const drawn = [one, one.labels?.[0], one.querySelector("canvas"), one.parentElement].filter(Boolean);
    return drawn.flatMap((part) => [null, "::before", "::after"].map((pseudo) => {
      const style = getComputedStyle(part, pseudo);
      return [style.outline, style.boxShadow, style.borderColor, style.borderWidth].join();
    })).join("|");
  };
  const unseen = [];
  const spots = [[0.5, 0.5], [0.1, 0.5], [0.9, 0.5], [0.5, 0.1], [0.5, 0.9]];
  for (const one of document.querySelectorAll(asked)) {
    if (!one.checkVisibility({ visibilityProperty: true }) || one.disabled) continue;
    if (one.closest(".maplibregl-map")) continue;
    document.activeElement?.blur?.();
    const without = look(one);
    one.focus({ focusVisible: true });
    if (document.activeElement !== one) continue;
    if (look(one) === without) unseen.push(`looks the same: ${one.outerHTML.slice(0, 160)}`);
    const boxes = [...(one.labels?.[0]?.getClientRects() ?? []), ...one.getClientRects()];
    const shown = boxes.some((box) => spots.some(([across, down]) => {
      const at = document.elementFromPoint(box.left + box.width * across, box.top + box.height * down);
      return at && (one.contains(at) || at.contains(one) || one.labels?.[0]?.contains(at));
    }));
    if (!shown) unseen.push(`covered: ${one.outerHTML.slice(0, 160)}`);
  }
  document.activeElement?.blur?.();
  return unseen;
}"""

_FIND_MOVING = """() => document.getAnimations().filter((one) => one.playState === "running")
  .map((one) => `moves: ${one.effect?.target?.outerHTML?.slice(0, 160)}`)"""


# The bytes of each body as sent, fetched now or kept since an earlier page, and 300 for its headers.
_WEIGH = """async () => {
  await document.fonts.ready;
  return ["navigation", "resource"].flatMap((kind) => performance.getEntriesByType(kind))
    .filter((one) => !one.name.includes("/maplibre-gl/"))
    .reduce((sum, one) => sum + one.encodedBodySize + 300, 0);
}"""


def weigh(page: Page) -> int:
    """Give the bytes that a browser new to it fetches for a page, the map's engine aside."""
    return int(page.evaluate(_WEIGH))


def find_narrow_faults(page: Page) -> list[str]:
    """List what is too wide for 320 pixels, or cut off there once a reader spaces the text out."""
    page.set_viewport_size(SMALLEST)  # type: ignore[arg-type]
    faults = [f"320 px: {fault}" for fault in page.evaluate(_FIND_WIDE)]
    page.evaluate(_SPACE_OUT)
    faults += [f"spaced out: {fault}" for fault in page.evaluate(_FIND_WIDE)]
    return faults + [f"cut off: {fault}" for fault in page.evaluate(_FIND_CUT)]


def find_hand_faults(page: Page) -> list[str]:
    """List what moves though asked not to, targets that are too small, and a focus that is not seen."""
    page.emulate_media(reduced_motion="reduce")
    faults = list(page.evaluate(_FIND_MOVING))
    faults += [f"small: {fault}" for fault in page.evaluate(_FIND_SMALL)]
    return faults + [f"focus {fault}" for fault in page.evaluate(_FIND_UNSEEN)]
