// The pick lists that are searched in have no name for a screen reader; they get that of their field.
function nameSearchedLists() {
  for (const container of document.querySelectorAll(".select2-container")) {
    const select = container.previousElementSibling;
    const label = select && document.querySelector(`label[for="${select.id}"]`);
    for (const box of label ? container.querySelectorAll("[role=combobox], [role=textbox]") : []) {
      if (!box.hasAttribute("aria-label")) box.setAttribute("aria-label", label.textContent.trim());
    }
  }
}
window.addEventListener("load", () => {
  nameSearchedLists();
  new MutationObserver(nameSearchedLists).observe(document.body, { childList: true, subtree: true });
});
