// SPDX-License-Identifier: EUPL-1.2
// The form of a lot: says which unit prices are per, as soon as the material is chosen.

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
