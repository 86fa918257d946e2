// Diagnostics while one writes, and the passage that the quote at the cursor is taken from.
import { linter } from "@codemirror/lint";
import { StateEffect, StateField } from "@codemirror/state";
import { EditorView } from "@codemirror/view";
import { asked } from "./server.mjs";

const SEVERITY = { error: "error", warning: "warning", note: "info" };
const answered = StateEffect.define();

/** The last answer about the draft; its places move with the text. */
const known = StateField.define({
  create: () => ({ citations: [] }),
  update(value, transaction) {
    for (const effect of transaction.effects) if (effect.is(answered)) return effect.value;
    if (!transaction.docChanged) return value;
    const moved = (each) => ({ ...each, from: transaction.changes.mapPos(each.from, 1), to: transaction.changes.mapPos(each.to, -1) });
    return { ...value, citations: value.citations.map(moved) };
  },
});

function element(tag, className, ...children) {
  const made = document.createElement(tag);
  if (className) made.className = className;
  made.append(...children);
  return made;
}

/** A sentence with names between backticks, these set as names: what the server does with the list that it sends. */
function coded(words) {
  const parts = words.split("`");
  return parts.length % 2 ? parts.map((part, at) => (at % 2 ? element("code", "", part) : part)) : [words];
}

/** What would mend it at one click, if anything does. */
function mending(each) {
  const apply = (view) =>
    view.dispatch({ changes: { from: each.fix.from, to: each.fix.to, insert: each.fix.replacement }, userEvent: "input.fix" });
  return each.fix ? [{ name: `Put ${each.fix.replacement}`, apply }] : [];
}

function asDiagnostic(each, length) {
  const from = Math.min(each.from, length);
  const message = each.label ? `${each.message} — ${each.label}` : each.message;
  return {
    from,
    to: Math.min(Math.max(each.to, from), length),
    severity: SEVERITY[each.severity],
    source: each.code,
    message,
    renderMessage: () => element("span", "", ...coded(message)),
    actions: mending(each),
  };
}

/** The list beside the text, in the place of the one that the page came with. */
function listed(box, answer, view, files) {
  const button = (words, doing) => {
    const made = element("button", "to-line", words);
    made.type = "button";
    made.addEventListener("click", () => {
      doing();
      view.focus();
    });
    return made;
  };
  const here = (each) =>
    button(`line ${each.line}`, () => {
      const at = Math.min(each.from, view.state.doc.length);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    });
  const elsewhere = (each) => {
    const go = element("a", "place", `${each.path}:${each.line}`);
    go.href = `${files}/${encodeURIComponent(each.path)}#line-${each.line}`;
    return go;
  };
  const row = (each) => {
    const said = element("span", "said", ...coded(each.message));
    const parts = [element("b", `sev ${each.severity}`, each.severity), " ", each.path ? elsewhere(each) : here(each), " ", said];
    if (each.label) parts.push(" ", element("small", "", ...coded(each.label)));
    for (const { name, apply } of mending(each)) parts.push(" ", button(name, () => apply(view)));
    return element("li", "", ...parts);
  };
  box.replaceChildren(element("p", "sum", answer.sum), element("ol", "", ...[...answer.diagnostics, ...answer.elsewhere].map(row)));
}

function passage(box, state, sources) {
  const at = state.selection.main.head;
  const cited = state.field(known).citations.find((each) => each.from <= at && at <= each.to);
  box.hidden = !cited;
  if (!cited) return;
  const parts = [element("p", "of", cited.title)];
  if (cited.found) parts.push(element("blockquote", "", cited.before, element("mark", "", cited.words), cited.after));
  const place = element(cited.found && sources ? "a" : "p", "place", cited.place);
  if (cited.found && sources) place.href = `${sources}/${encodeURIComponent(cited.source)}#L${cited.line}`;
  parts.push(place);
  box.replaceChildren(...parts);
}

export function checking(form) {
  const list = document.getElementById(form.dataset.problems);
  const beside = document.getElementById(form.dataset.passage);
  let last = null;
  const source = async (view) => {
    last?.abort();
    last = new AbortController();
    const text = view.state.doc;
    const answer = await asked(form, "check", { text: text.toString() }, last.signal);
    if (!answer || !view.state.doc.eq(text)) return [];
    view.dispatch({ effects: answered.of(answer) });
    if (list) listed(list, answer, view, form.dataset.files);
    return answer.diagnostics.map((each) => asDiagnostic(each, text.length));
  };
  return [
    known,
    linter(source, { delay: 400 }),
    EditorView.updateListener.of((update) => {
      const told = update.transactions.some((each) => each.effects.some((effect) => effect.is(answered)));
      if (beside && (update.selectionSet || update.docChanged || told)) passage(beside, update.state, form.dataset.sources);
    }),
  ];
}
