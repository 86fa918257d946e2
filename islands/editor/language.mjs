// The language in the editor: its grammar, what is told apart by ink, how lines are indented and folded.
import { HighlightStyle, LRLanguage, LanguageSupport, foldNodeProp, indentService, syntaxHighlighting, syntaxTree } from "@codemirror/language";
import { RangeSetBuilder } from "@codemirror/state";
import { Decoration, ViewPlugin } from "@codemirror/view";
import { styleTags, tags } from "@lezer/highlight";
import { parser } from "./pacta.grammar";

/** A directive that stands over several lines folds to its first. */
const folded = (node, state) => {
  const first = state.doc.lineAt(node.from);
  const last = state.doc.lineAt(Math.max(node.from, node.to - 1));
  return last.number > first.number ? { from: first.to, to: last.to } : null;
};

export const grammar = parser.configure({
  props: [
    styleTags({
      Directive: tags.definitionKeyword,
      Keyword: tags.keyword,
      "Defined/Name": tags.definition(tags.name),
      "Actors/Name": tags.strong,
      Verb: tags.operatorKeyword,
      State: tags.typeName,
      "Name Argument": tags.name,
      Unit: tags.unit,
      "Number Date ADate": tags.number,
      String: tags.string,
      "Quote/String": tags.quote,
      Comment: tags.lineComment,
      "( )": tags.paren,
      "[ ]": tags.squareBracket,
    }),
    foldNodeProp.add({ Declaration: folded, Act: folded, Scenario: folded }),
  ],
});

/** No colour says right or wrong: weight, slope and two greys tell the parts apart. */
const ink = HighlightStyle.define([
  { tag: tags.definitionKeyword, class: "tok-directive" },
  { tag: tags.keyword, class: "tok-keyword" },
  { tag: tags.operatorKeyword, class: "tok-verb" },
  { tag: tags.typeName, class: "tok-state" },
  { tag: tags.definition(tags.name), class: "tok-defined" },
  { tag: tags.string, class: "tok-string" },
  { tag: tags.quote, class: "tok-quote" },
  { tag: tags.number, class: "tok-number" },
  { tag: tags.lineComment, class: "tok-comment" },
]);

/** Below the header of what has clauses the next line is one of them; else it stands where the last one stood. */
const OPENS = /^\s*(obligation|prohibition|right|power|source|scenario)\s/;
const indentation = indentService.of((context, at) => {
  const above = context.state.doc.lineAt(at);
  const line = context.lineAt(at, -1).from === above.from && at > above.from ? above : null;
  const before = line ?? (above.number > 1 ? context.state.doc.line(above.number - 1) : null);
  if (!before) return 0;
  return /^ */.exec(before.text)[0].length + (OPENS.test(before.text) ? 2 : 0);
});

/** The names of parties carry their party's colour, which says whose it is and nothing else. */
function partyNames(parties) {
  const marks = new Map(parties.map((name, at) => [name, Decoration.mark({ class: `cm-party p${(at % 5) + 1}` })]));
  const found = (view) => {
    const builder = new RangeSetBuilder();
    for (const { from, to } of view.visibleRanges) {
      syntaxTree(view.state).iterate({
        from,
        to,
        enter: (node) => {
          const mark = node.name === "Name" && marks.get(view.state.sliceDoc(node.from, node.to));
          if (mark && node.to > node.from) builder.add(node.from, node.to, mark);
        },
      });
    }
    return builder.finish();
  };
  return ViewPlugin.fromClass(
    class {
      constructor(view) {
        this.tree = syntaxTree(view.state);
        this.decorations = found(view);
      }
      update(update) {
        const tree = syntaxTree(update.state);
        if (!update.docChanged && !update.viewportChanged && tree === this.tree) return;
        this.tree = tree;
        this.decorations = found(update.view);
      }
    },
    { decorations: (plugin) => plugin.decorations },
  );
}

export function pacta(parties) {
  const language = LRLanguage.define({ name: "pacta", parser: grammar, languageData: { commentTokens: { line: "#" } } });
  return new LanguageSupport(language, [syntaxHighlighting(ink), indentation, partyNames(parties)]);
}
