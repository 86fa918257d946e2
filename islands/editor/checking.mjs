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

function asDiagnostic(each, length) {
  const from = Math.min(each.from, length);
  const actions = each.fix
    ? [
        {
          name: `Put ${each.fix.replacement}`,
          apply: (view) =>
            view.dispatch({ changes: { from: each.fix.from, to: each.fix.to, insert: each.fix.replacement }, userEvent: "input.fix" }),
        },
      ]
    : [];
  return {
    from,
    to: Math.min(Math.max(each.to, from), length),
    severity: SEVERITY[each.severity],
    source: each.code,
    message: each.label ? `${each.message} — ${each.label}` : each.message,
    actions,
  };
}

/** The list beside the text, in the place of the one that the page came with. */
function listed(box, answer, view) {
  const row = (each) => {
    const go = element("button", "to-line", each.path ? `${each.path}:${each.line}` : `line ${each.line}`);
    go.type = "button";
    go.disabled = Boolean(each.path);
    go.addEventListener("click", () => {
      const at = Math.min(each.from, view.state.doc.length);
      view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
      view.focus();
    });
    const said = element("span", "said", each.message);
    const parts = [element("b", `sev ${each.severity}`, each.severity), " ", go, " ", said];
    if (each.label) parts.push(" ", element("small", "", each.label));
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
    if (list) listed(list, answer, view);
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
