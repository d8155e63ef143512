// SPDX-License-Identifier: EUPL-1.2
// A form whose answer takes a while says so once it is sent, and is not sent twice.

for (const form of document.querySelectorAll("form[data-waits]")) {
  const words = form.querySelector("[role=status]");
  form.addEventListener("submit", (event) => {
    if (form.dataset.sent) {
      event.preventDefault();
      return;
    }
    form.dataset.sent = "yes";
    words.textContent = form.dataset.waits;
    form.setAttribute("aria-busy", "true");
  });
  // who turns back to the page may send it again
  window.addEventListener("pageshow", () => {
    delete form.dataset.sent;
    words.textContent = "";
    form.removeAttribute("aria-busy");
  });
}
