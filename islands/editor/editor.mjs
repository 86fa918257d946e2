// The editor of case files: it takes the place of the plain text field of a form, which works without it.
import { closeBrackets, closeBracketsKeymap, completionKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { bracketMatching, foldGutter, foldKeymap, indentUnit } from "@codemirror/language";
import { lintKeymap } from "@codemirror/lint";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { EditorState } from "@codemirror/state";
import { EditorView, drawSelection, highlightActiveLine, highlightActiveLineGutter, keymap, lineNumbers } from "@codemirror/view";
import { checking } from "./checking.mjs";
import { completion } from "./completion.mjs";
import { grammar, pacta } from "./language.mjs";
import { saving } from "./saving.mjs";
import { theme } from "./theme.mjs";

const nonce = document.currentScript ? document.currentScript.nonce : "";

/** Where the address says that the cursor should stand: `#line-12`, or `?line=12`. */
function lineInAddress(state, form) {
  const line = Number(/^#line-(\d+)$/.exec(location.hash)?.[1] ?? form.dataset.line);
  return line >= 1 ? state.doc.line(Math.min(line, state.doc.lines)).from : 0;
}

export function mount(form) {
  const field = form.elements.namedItem("text");
  const readOnly = field.readOnly;
  const saved = saving(form);
  const label = form.querySelector(`label[for="${field.id}"]`);
  const state = EditorState.create({
    doc: field.value,
    extensions: [
      nonce ? EditorView.cspNonce.of(nonce) : [],
      lineNumbers(),
      highlightActiveLineGutter(),
      foldGutter({ openText: "▾", closedText: "▸" }),
      history(),
      drawSelection(),
      bracketMatching(),
      highlightActiveLine(),
      highlightSelectionMatches(),
      indentUnit.of("  "),
      EditorState.tabSize.of(2),
      EditorView.lineWrapping,
      EditorView.contentAttributes.of({ "aria-label": label ? label.textContent : field.name, tabindex: "0", spellcheck: "false", autocorrect: "off" }),
      pacta(JSON.parse(form.dataset.parties || "[]")),
      checking(form),
      readOnly ? [EditorState.readOnly.of(true), EditorView.editable.of(false)] : [closeBrackets(), completion(form), saved.extension],
      keymap.of([...closeBracketsKeymap, ...defaultKeymap, ...searchKeymap, ...historyKeymap, ...foldKeymap, ...completionKeymap, ...lintKeymap]),
      theme,
    ],
  });
  const view = new EditorView({ state, parent: field.parentElement });
  field.hidden = true;
  if (!readOnly) saved.bound(view);
  const at = lineInAddress(view.state, form);
  if (at) {
    view.dispatch({ selection: { anchor: at }, effects: EditorView.scrollIntoView(at, { y: "center" }) });
    view.focus();
  }
  form.editor = view;
  return view;
}

// For whoever wants to see how a text is read: the tests hold this grammar to the one that is published.
window.pacta = grammar;

const mounted = () => document.querySelectorAll("form[data-editor]").forEach(mount);
if (document.readyState === "loading") document.addEventListener("DOMContentLoaded", mounted);
else mounted();
