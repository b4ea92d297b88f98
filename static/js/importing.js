// A file may be dropped where it can be chosen; the form works without this.
(() => {
  "use strict";
  document.querySelectorAll("[data-drop]").forEach((area) => {
    const input = area.querySelector("input[type=file]");
    const shown = area.querySelector("[data-drop-hint]");
    if (shown) shown.hidden = false;
    const over = (on) => area.classList.toggle("over", on);
    area.addEventListener("dragover", (event) => { event.preventDefault(); over(true); });
    area.addEventListener("dragleave", () => over(false));
    area.addEventListener("drop", (event) => {
      event.preventDefault();
      over(false);
      if (event.dataTransfer.files.length) input.files = event.dataTransfer.files;
    });
  });
})();
