// Completion: the server says which words and names the reader of the language would take here.
import { autocompletion } from "@codemirror/autocomplete";
import { asked } from "./server.mjs";

const PART = /^[\p{L}\p{M}\p{Nd}_.-]$/u;

/** What is begun of a word at the end of some text. */
function wordAtEnd(text) {
  const characters = [...text];
  let first = characters.length;
  while (first && PART.test(characters[first - 1])) first--;
  return characters.slice(first).join("");
}

export function completion(form) {
  const source = async (context) => {
    const line = context.state.doc.lineAt(context.pos);
    const begun = wordAtEnd(line.text.slice(0, context.pos - line.from));
    const before = line.text.slice(0, context.pos - line.from - begun.length);
    if (!context.explicit && !begun && !/\S $/.test(before) && before.trim()) return null;
    if (!context.explicit && !begun && !before) return null;
    const stop = new AbortController();
    context.addEventListener("abort", () => stop.abort());
    const at = context.pos - begun.length;
    const answer = await asked(form, "complete", { text: context.state.doc.toString(), at }, stop.signal);
    if (!answer || context.aborted) return null;
    const options = answer.options.map((each, index) => ({ ...each, boost: -Math.min(index, 90) / 2 }));
    return options.length ? { from: at, options, validFor: /^[\p{L}\p{M}\p{Nd}_.-]*$/u } : null;
  };
  return autocompletion({ override: [source], icons: false, activateOnTypingDelay: 120 });
}
