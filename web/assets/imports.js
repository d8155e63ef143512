// SPDX-License-Identifier: EUPL-1.2
// Says that a file is too large before it is sent; the server says so too, and reads none of it.

const field = document.querySelector("input[type=file][data-largest]");
field?.addEventListener("change", () => {
  const [file] = field.files;
  const large = file !== undefined && file.size > Number(field.dataset.largest);
  field.setCustomValidity(large ? field.dataset.tooLarge : "");
  field.reportValidity();
});
