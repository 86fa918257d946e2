// What a tokenizer without memory cannot tell: where lines and blocks end, and which words are names.
import { ContextTracker, ExternalTokenizer } from "@lezer/lr";
import * as term from "./pacta.grammar.terms";

const NEWLINE = 10, TAB = 9, RETURN = 13, SPACE = 32, HASH = 35;

/** How many blocks deep the line is that is being read. */
export const depth = new ContextTracker({
  start: 0,
  shift: (deep, shifted) => (shifted === term.indent ? deep + 1 : shifted === term.dedent ? deep - 1 : deep),
  hash: (deep) => deep,
});

const blank = (code) => code === SPACE || code === TAB || code === RETURN;

/** The first character of the line that ends here which is no blank; -1 where there is none. */
function firstOnLine(input) {
  let first = -1;
  for (let back = -1; ; back--) {
    const code = input.peek(back);
    if (code < 0 || code === NEWLINE) return first;
    if (!blank(code)) first = code;
  }
}

function endOfLine(input, stack) {
  const first = firstOnLine(input);
  // the last line of a long string may begin like a comment
  const ends = first === HASH ? stack.canShift(term.newline) : first >= 0;
  input.acceptToken(ends ? term.newline : term.blank, 1);
}

export const lines = new ExternalTokenizer(
  (input, stack) => {
    if (input.next < 0) {
      if (stack.canShift(term.newline)) input.acceptToken(term.newline);
      else if (stack.context > 0 && stack.canShift(term.dedent)) input.acceptToken(term.dedent);
      return;
    }
    if (input.next === NEWLINE) return endOfLine(input, stack);
    const before = input.peek(-1);
    if (before >= 0 && before !== NEWLINE) return;

    let width = 0, tab = false;
    for (; input.next === SPACE || input.next === TAB; width++) {
      tab ||= input.next === TAB;
      input.advance();
    }
    if (input.next < 0 || input.next === HASH || input.next === NEWLINE || input.next === RETURN) return;
    const wanted = 2 * stack.context;
    if (tab || width % 2 || width > wanted + 2) input.acceptToken(term.badIndent);
    else if (width > wanted) input.acceptToken(term.indent);
    else if (width < wanted && stack.canShift(term.dedent)) input.acceptToken(term.dedent, -width);
  },
  { contextual: true },
);

// Anchored at both ends: some engines miss a character beyond U+FFFF at the end of what is only anchored there.
const NAME = /^\p{L}(?:[\p{L}\p{M}\p{Nd}_.-]*[\p{L}\p{M}\p{Nd}])?$/u;
const LETTER = /\p{L}/u;
const PART = /[\p{L}\p{M}\p{N}_.-]/u;

/** Reads on over the characters that may belong to a name, and gives them. */
function word(input) {
  let read = "";
  while (input.next >= 0) {
    let code = input.next, size = 1;
    if (code >= 0xd800 && code < 0xdc00) {
      code = 0x10000 + ((code - 0xd800) << 10) + (input.peek(1) - 0xdc00);
      size = 2;
    }
    const character = String.fromCodePoint(code);
    if (!(read ? PART : LETTER).test(character)) break;
    read += character;
    input.advance(size);
  }
  return read;
}

export const words = new ExternalTokenizer(
  (input, stack) => {
    const read = word(input);
    if (!read) return;
    if (!NAME.test(read) || read.includes("..")) input.acceptToken(term.badName);
    else if (stack.canShift(term.Argument)) input.acceptToken(term.Argument);
    else if (read === "a" && stack.canShift(term.ADate)) date(input);
    else input.acceptToken(term.Name);
  },
  { contextual: true },
);

/** `a date`, straight after `with`. */
function date(input) {
  while (blank(input.next)) input.advance();
  input.acceptToken(word(input) === "date" ? term.ADate : term.badName);
}

const FIGURE = /^\d{1,18}(\.\d{1,18})?$/;
const MOMENT = /^\d{4}-\d\d-\d\d(T\d\d:\d\d(Z|[+-]\d\d:\d\d)?)?$/;

/** Whether what begins with a digit is a number or a date; whether the calendar has that date is left to the server. */
export function kindOfFigure(figure) {
  if (FIGURE.test(figure)) return term.Number;
  const [from, to, ...more] = figure.replace(/^~/, "").split("..");
  const inexact = figure.startsWith("~");
  const dates = to === undefined ? [from] : [from, to];
  return more.length || (inexact && to !== undefined) || !dates.every((each) => MOMENT.test(each)) ? -1 : term.Date;
}
