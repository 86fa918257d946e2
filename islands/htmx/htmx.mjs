// htmx under a Content-Security-Policy that allows neither inline script nor inline style.
import htmx from "htmx.org";

// What would be a program in an attribute (`hx-on`, `js:`, a trigger's filter) is refused, in words that say so.
function refused(...parts) {
  throw new Error(`no program in an attribute: ${parts.at(-1)}`);
}
htmx.registerExtension("no-eval", { init: (inner) => inner.initSecurity(null, refused, refused) });

// The workbench has its own style for what is loading.
htmx.config.includeIndicatorCSS = false;
document.adoptedStyleSheets = document.adoptedStyleSheets.filter((sheet) => sheet !== htmx.indicatorStyleSheet);

window.htmx = htmx;
