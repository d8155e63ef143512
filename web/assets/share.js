// SPDX-License-Identifier: EUPL-1.2
// Copies the address of the page; without a script the field is there to be marked and copied by hand.
const field = document.getElementById("share-address");
const button = document.getElementById("share-copy");
const status = document.getElementById("share-status");
if (field && button && navigator.clipboard) {
  button.hidden = false;
  button.addEventListener("click", async () => {
    field.select();
    try {
      await navigator.clipboard.writeText(field.value);
      status.textContent = button.dataset.copied;
    } catch {
      // Refused by the browser: the address stands marked, for the reader's own keys.
      field.focus();
    }
  });
}
