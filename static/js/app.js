// Small comforts; every page also works without them.
(() => {
  "use strict";

  // Ticking the box in a list's head ticks all rows of the page; it shows whether all, some or none are.
  const ticked = (all) => [...all.closest("table").querySelectorAll(`tbody input[name="${all.dataset.checkAll}"]:enabled, tbody input[name$="-${all.dataset.checkAll}"]:enabled`)];
  const sum = (all) => {
    const boxes = ticked(all);
    const some = boxes.some((box) => box.checked);
    all.checked = some && boxes.every((box) => box.checked);
    all.indeterminate = some && !all.checked;
  };
  document.addEventListener("change", (event) => {
    const all = event.target.closest("table")?.querySelector("[data-check-all]");
    if (all === event.target) ticked(all).forEach((box) => { box.checked = all.checked; });
    else if (all) sum(all);
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("[data-check-all]").forEach(sum));

  // The person menu closes on Escape and on a click beside it.
  const close = (except) => document.querySelectorAll("details.person-menu[open]").forEach((menu) => { if (menu !== except) menu.open = false; });
  document.addEventListener("click", (event) => close(event.target.closest("details.person-menu")));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    close();
    if (location.hash === "#menu") location.hash = "#main";
  });

  // Choosing in a select marked so sends its form.
  document.addEventListener("change", (event) => {
    if (event.target.matches("select[data-submit]")) event.target.form.requestSubmit();
  });

  // A form is sent once, however often its button is pressed; not one that fetches a file (data-again).
  document.addEventListener("submit", (event) => {
    const form = event.target;
    if (event.defaultPrevented || form.method !== "post" || form.id === "bulk" || "again" in form.dataset) return;
    if (form.dataset.sent) { event.preventDefault(); return; }
    form.dataset.sent = "1";
  });
  window.addEventListener("pageshow", () => document.querySelectorAll("form[data-sent]").forEach((form) => delete form.dataset.sent));

  // Lines are added from the formset's template.
  document.querySelectorAll("[data-lines]").forEach((lines) => {
    const add = lines.querySelector("[data-add-line]");
    const blank = lines.querySelector("template");
    const total = lines.querySelector(`[name="${lines.dataset.lines}-TOTAL_FORMS"]`);
    add.hidden = false;
    add.addEventListener("click", () => {
      const body = lines.querySelector("tbody");
      const row = blank.content.cloneNode(true);
      row.querySelectorAll("*").forEach((node) => {
        for (const { name, value } of node.attributes) {
          if (value.includes("__prefix__")) node.setAttribute(name, value.replace("__prefix__", total.value));
        }
      });
      total.value = Number(total.value) + 1;
      body.append(row);
      window.htmx?.process(body.lastElementChild);
      body.lastElementChild.querySelector("input:not([type=hidden]), select, textarea")?.focus();
    });
  });

  // Choosing an offered thing fills what is still empty beside it, from the offer's own data.
  document.addEventListener("change", (event) => {
    const field = event.target;
    if (!("fills" in field.dataset) || !field.list) return;
    const offer = [...field.list.options].find((one) => one.value === field.value);
    for (const [name, value] of Object.entries(offer?.dataset || {})) {
      const beside = field.form.elements[field.name.replace(/[^-]+$/, name)];
      if (beside && !beside.value) beside.value = value;
    }
    if (offer) field.dispatchEvent(new Event("input", { bubbles: true }));
  });

  // "Print this page" buttons.
  document.querySelectorAll("[data-print]").forEach((button) => {
    button.hidden = false;
    button.addEventListener("click", () => window.print());
  });

  // After a refusal the summary of errors is where one starts.
  document.querySelector("[data-focus]")?.focus();
})();
