// Saving and laying out. What the server says about it stands in the page; the text of the form is always the editor's.
import { Prec } from "@codemirror/state";
import { EditorView, keymap } from "@codemirror/view";
import { asked } from "./server.mjs";

/** Put a text in the place of the one that is there, changing no more than differs, so that the cursor stays. */
export function replaced(view, text) {
  const old = view.state.doc.toString();
  if (old === text) return;
  let from = 0;
  const most = Math.min(old.length, text.length);
  while (from < most && old[from] === text[from]) from++;
  let end = 0;
  while (end < most - from && old[old.length - 1 - end] === text[text.length - 1 - end]) end++;
  view.dispatch({ changes: { from, to: old.length - end, insert: text.slice(from, text.length - end) }, userEvent: "input.format" });
}

export function saving(form) {
  const said = document.getElementById(form.dataset.said);
  const field = (name) => form.elements.namedItem(name);
  let saved = field("text").defaultValue;
  let busy = false;

  const tell = (words) => said && said.replaceChildren(words);
  const mark = (view) => form.toggleAttribute("data-changed", view.state.doc.toString() !== saved);

  async function save(view) {
    if (busy) return;
    busy = true;
    tell("Saving …");
    const body = new FormData(form);
    body.set("text", view.state.doc.toString());
    try {
      const answer = await fetch(form.action, { method: "POST", body, headers: { Accept: "application/json" } });
      const told = await answer.json();
      if (told.state === "saved") {
        field("hash").value = told.hash;
        const unchanged = body.get("text") === view.state.doc.toString();
        saved = told.text;
        if (unchanged) replaced(view, told.text);
        mark(view);
        Object.assign(document.body.dataset, { mine: told.mark, copy: told.mark });
      }
      if (told.html && said) {
        said.innerHTML = told.html;
        if (told.state !== "saved") said.focus();
      } else tell(told.message);
    } catch {
      tell("The server did not answer. Nothing was saved; your text is still here.");
    }
    busy = false;
  }

  async function layOut(view) {
    const answer = await asked(form, "format", { text: view.state.doc.toString() });
    if (answer && answer.text !== null) replaced(view, answer.text);
    tell(answer ? answer.message : "The server did not answer.");
  }

  const run = (doing) => (view) => {
    doing(view);
    return true;
  };
  const bound = (view) => {
    form.addEventListener("submit", (event) => {
      if (event.submitter && event.submitter.value !== "save") {
        field("text").value = view.state.doc.toString();
        return;
      }
      event.preventDefault();
      save(view);
    });
    said?.addEventListener("click", (event) => {
      const go = event.target.closest("[data-take]");
      if (!go) return;
      field("hash").value = go.dataset.take;
      tell("The next save puts your text in the place of the one you saw.");
      view.focus();
    });
    window.addEventListener("beforeunload", (event) => {
      if (form.hasAttribute("data-changed")) event.preventDefault();
    });
  };
  return {
    bound,
    extension: [
      Prec.high(keymap.of([{ key: "Mod-s", run: run(save), preventDefault: true }, { key: "Shift-Alt-f", run: run(layOut) }])),
      EditorView.updateListener.of((update) => update.docChanged && mark(update.view)),
    ],
  };
}
