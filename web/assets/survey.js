// SPDX-License-Identifier: EUPL-1.2
// The form of a lot: says which unit prices are per, as soon as the material is chosen, and opens the part of
// the form in which the field lies that a link leads to.

const material = document.querySelector("select[name=class_id]");

function showUnit() {
  const unit = material.selectedOptions[0]?.textContent.match(/\(([^()]*)\)\s*$/)?.[1];
  for (const place of material.form.querySelectorAll("[data-unit]")) {
    place.dataset.plain ??= place.textContent;
    place.textContent = unit ?? place.dataset.plain;
  }
}

if (material) {
  material.addEventListener("change", showUnit);
  showUnit();
}

const asked = document.getElementById(location.hash.slice(1));
const fold = asked?.closest("details");
if (fold) {
  fold.open = true;
  asked.focus();
}
