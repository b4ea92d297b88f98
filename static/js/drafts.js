// What was typed is never lost: forms marked data-draft keep their values in this tab until the server took them,
// which it says in the cookie "saved". Kept per person and form; never passwords, tokens or files.
(() => {
  "use strict";
  const PREFIX = "draft:";
  const NEVER = new Set(["password", "file", "hidden", "submit", "button", "reset", "image"]);
  const person = document.body.dataset.person || "";
  const store = window.sessionStorage;

  const read = (key) => { try { return JSON.parse(store.getItem(key)); } catch { return null; } };
  const write = (key, draft) => { try { store.setItem(key, JSON.stringify(draft)); } catch { /* full: nothing is kept */ } };
  const drafts = () => Object.keys(store).filter((key) => key.startsWith(PREFIX));
  const fields = (form) => [...form.elements].filter((field) => field.name && !NEVER.has(field.type));
  const extra = (form) => [...form.elements].filter((field) => field.name && field.name.endsWith("-TOTAL_FORMS"));

  const values = (form) => fields(form).map((field) => [field.name, field.value, field.type === "checkbox" || field.type === "radio" ? field.checked : null]);
  const keep = (form, key) => write(key, { person, target: new URL(form.action).pathname, lines: extra(form).map((field) => [field.name, field.value]), values: values(form) });

  const fill = (form, draft) => {
    for (const [name, count] of draft.lines) {
      const total = form.elements[name];
      const add = form.querySelector(`[data-lines="${name.replace("-TOTAL_FORMS", "")}"] [data-add-line]`);
      while (total && add && Number(total.value) < Number(count)) add.click();
    }
    for (const [name, value, checked] of draft.values) {
      for (const field of fields(form).filter((one) => one.name === name)) {
        if (checked === null) field.value = value;
        else if (field.value === value) field.checked = checked;
      }
    }
    form.dispatchEvent(new Event("input", { bubbles: true }));
  };

  const offer = (form, key, draft) => {
    const note = document.getElementById("draft-offer").content.cloneNode(true).firstElementChild;
    note.querySelector("[data-draft-restore]").addEventListener("click", () => { fill(form, draft); note.remove(); });
    note.querySelector("[data-draft-drop]").addEventListener("click", () => { store.removeItem(key); note.remove(); });
    form.before(note);
  };

  const forms = [...document.querySelectorAll("form[data-draft]")];
  const keyOf = (form) => `${PREFIX}${person}:${form.dataset.draft}`;
  const refused = new Set(forms.filter((form) => "invalid" in form.dataset).map(keyOf));

  const said = document.cookie.match(/(?:^|; )saved=([^;]*)/);
  const saved = said ? decodeURIComponent(said[1]) : "";
  if (said) document.cookie = "saved=; path=/; max-age=0";

  for (const key of drafts()) {
    const draft = read(key);
    const another = person && draft && draft.person !== person;
    if (!draft || another || draft.target === saved) store.removeItem(key);
  }

  for (const form of forms) {
    const key = keyOf(form);
    const draft = read(key);
    if (draft && !refused.has(key)) offer(form, key, draft);
    form.addEventListener("input", (event) => { if (event.target === form || event.target.name) keep(form, key); });
    form.addEventListener("submit", () => keep(form, key));
  }
})();
