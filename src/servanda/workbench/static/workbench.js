// What the pages do beyond links and forms: keys, the slider, reasons unfolding in place, light and dark.
// Everything here can also be had without it. Names in the page: data-do, data-step, data-why, data-key.
(() => {
  "use strict";
  const root = document.documentElement;
  const at = (selector, from = document) => from.querySelector(selector);
  const all = (selector, from = document) => [...from.querySelectorAll(selector)];
  root.classList.add("scripted");

  const kept = (name) => { try { return localStorage.getItem(name); } catch { return null; } };
  const keep = (name, value) => { try { localStorage.setItem(name, value); } catch { /* not kept, then */ } };
  const aloud = (words) => { at("#said-aloud").textContent = words; };

  // light and dark
  if (kept("servanda-mode")) root.dataset.mode = kept("servanda-mode");
  function changeMode() {
    const dark = root.dataset.mode ? root.dataset.mode === "dark" : matchMedia("(prefers-color-scheme: dark)").matches;
    root.dataset.mode = dark ? "light" : "dark";
    keep("servanda-mode", root.dataset.mode);
  }

  // on a phone the view is one sentence until it is opened
  const view = at(".view");
  if (view && matchMedia("(max-width: 960px)").matches) view.open = false;

  // where the pages are a line that scrolls, the one that is open is in sight
  function showPage() {
    const nav = at("#nav"), here = at("#nav [aria-current], #nav .here");
    if (nav && here) nav.scrollLeft += here.getBoundingClientRect().left - nav.getBoundingClientRect().left - (nav.clientWidth - here.offsetWidth) / 2;
  }
  showPage();

  // the slider writes the date; the form asks when it is let go
  const dateOf = (slider, days) => {
    const day = new Date(slider.dataset.first + "T00:00:00Z");
    day.setUTCDate(day.getUTCDate() + days);
    return day.toISOString().slice(0, 10);
  };
  const spoken = (iso) => new Date(iso + "T00:00:00Z").toLocaleDateString(root.lang, { day: "numeric", month: "long", year: "numeric", timeZone: "UTC" });
  function showDate(days) {
    const slider = at("#slider"), iso = dateOf(slider, days);
    at("#at").value = iso;
    slider.value = days;
    slider.setAttribute("aria-valuetext", spoken(iso));
    const length = Math.max(1, Number(slider.max));
    for (const tick of all(".slide line:not(.base)")) {
      const past = (parseFloat(tick.getAttribute("x1")) / 100) * length <= days + 0.01;
      tick.setAttribute("class", past ? "past" : "ahead");
    }
  }
  function step(by) {
    const slider = at("#slider");
    if (!slider) return at(`a[data-step="${by}"]`)?.click();
    const now = Number(slider.value);
    const days = slider.dataset.days.split(",").filter(Boolean).map(Number);
    const next = by > 0 ? days.find((each) => each > now) : days.findLast((each) => each < now);
    if (next === undefined) return;
    showDate(next);
    ask();
  }
  const ask = () => at("#view")?.requestSubmit();
  document.addEventListener("input", (event) => {
    if (event.target.id === "slider") showDate(Number(event.target.value));
  });
  document.addEventListener("change", (event) => {
    if (event.target.id === "at" && at("#slider")) {
      const days = Math.round((Date.parse(event.target.value + "T00:00:00Z") - Date.parse(at("#slider").dataset.first + "T00:00:00Z")) / 864e5);
      if (Number.isFinite(days)) at("#slider").value = days;
    }
  });

  // reasons unfold below their row, and are kept once they were loaded
  async function unfold(link) {
    const row = link.closest("tr");
    const open = link.getAttribute("aria-expanded") !== "true";
    let detail = row.nextElementSibling?.classList.contains("detail") ? row.nextElementSibling : null;
    if (open && !detail) {
      row.classList.add("waiting-for");
      try {
        const answer = await fetch(link.dataset.why, { headers: { "HX-Request": "true" } });
        if (!answer.ok) throw new Error(answer.status);
        detail = document.createElement("tr");
        detail.className = "detail";
        const cell = detail.insertCell();
        cell.colSpan = row.cells.length;
        const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
        cell.replaceChildren(...parsed.body.childNodes);
        row.after(detail);
      } catch {
        location.href = link.href;
        return;
      } finally {
        row.classList.remove("waiting-for");
      }
    }
    if (detail) detail.hidden = !open;
    link.setAttribute("aria-expanded", String(open));
    row.classList.toggle("on", open);
    const url = new URL(location.href);
    const labels = all('.exp[aria-expanded="true"]').map((each) => each.closest("tr").id);
    labels.length ? url.searchParams.set("why", labels.join(",")) : url.searchParams.delete("why");
    history.replaceState(history.state, "", url);
    const form = at("#view"), kept = document.createElement("input");
    at('input[name="why"]', form)?.remove();
    if (labels.length) form?.append(Object.assign(kept, { type: "hidden", name: "why", value: labels.join(",") }));
  }
  document.addEventListener("click", (event) => {
    const link = event.target.closest?.(".exp[data-why]");
    if (link && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      unfold(link);
    }
    const stepped = event.target.closest?.("a[data-step]");
    if (stepped && at("#slider") && !event.metaKey && !event.ctrlKey) {
      event.preventDefault();
      step(Number(stepped.dataset.step));
    }
    const done = event.target.closest?.("[data-do]")?.dataset.do;
    if (done === "mode") changeMode();
    if (done === "keys") at("#keys").showModal();
    if (done === "copy") copyView();
    for (const menu of all("details.menu[open], details.more[open]")) if (!menu.contains(event.target)) menu.open = false;
  });

  async function copyView() {
    const words = `${location.href}\n${document.title}, record ${document.body.dataset.copy}`;
    const button = at('[data-do="copy"]');
    const told = (long, short) => {
      aloud(long);
      button.textContent = short;
      setTimeout(() => { button.textContent = "Copy this view"; }, 2000);
    };
    try {
      await navigator.clipboard.writeText(words);
      told("The address of this view was copied.", "Copied");
    } catch { told("The address stands in the browser's bar.", "Not copied: it stands in the browser's bar"); }
  }

  // a quote and what is taken from it are lit together
  for (const kind of ["mouseover", "focusin"]) document.addEventListener(kind, (event) => {
    const pair = event.target.closest?.("[data-pair]")?.dataset.pair;
    for (const lit of all(".paired")) lit.classList.toggle("paired", lit.dataset.pair === pair);
    if (pair) for (const each of all(`[data-pair="${CSS.escape(pair)}"]`)) each.classList.add("paired");
  });

  // parts that take longer come behind the page, one after another, as one comes near them; a detail's, once it is opened
  let bringing = null, stop = null;
  async function bring() {
    if (bringing && !bringing.isConnected) stop.abort(); // it is for a page that is gone
    if (bringing) return;
    const open = (part) => !part.matches("details:not([open])") && part.getBoundingClientRect().top < 2 * innerHeight;
    const part = all("[data-load]").find(open);
    if (!part) return;
    const address = part.dataset.load;
    part.removeAttribute("data-load");
    bringing = part;
    stop = new AbortController();
    try {
      const answer = await fetch(address, { signal: stop.signal });
      const parsed = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = answer.ok && parsed.getElementById(part.id);
      if (!found) throw new Error(answer.status);
      const aimed = location.hash && part.contains(document.getElementById(decodeURIComponent(location.hash.slice(1))));
      const near = aimed && document.getElementById(decodeURIComponent(location.hash.slice(1))).getBoundingClientRect().top;
      if (part.isConnected) part.replaceWith(document.adoptNode(found));
      if (part.id === "main") {
        document.title = parsed.title;
        const nav = at("#nav"), counted = at("#nav", parsed);
        if (counted && !nav.contains(document.activeElement) && !at("details[open]", nav)) nav.replaceWith(document.adoptNode(counted));
        showPage();
      }
      if (aimed && near > 0 && near < innerHeight) document.getElementById(decodeURIComponent(location.hash.slice(1)))?.scrollIntoView();
    } catch {
      part.removeAttribute("aria-busy");
      for (const words of all(".on-way", part)) words.textContent = "This could not be had; nothing has changed.";
    } finally {
      bringing = null;
    }
    bring();
  }
  document.addEventListener("toggle", bring, true);
  document.addEventListener("scroll", bring, { passive: true });
  document.addEventListener("htmx:after:swap", bring);
  bring();

  // keys
  let going = false;
  let here = ""; // where the keys are: found again when the rows come anew
  const rows = () => all("tr.row, li.row, .acts:not(.lone) > li");
  function move(by) {
    const those = rows();
    let now = those.findIndex((each) => each.classList.contains("at"));
    if (now < 0) now = those.findIndex((each) => each.matches("li.on"));
    const next = those[Math.min(those.length - 1, Math.max(0, now + by))];
    those[now]?.classList.remove("at");
    next?.classList.add("at");
    here = next?.id ?? "";
    next?.scrollIntoView({ block: "nearest" });
    at("a, button", next ?? document.body)?.focus({ preventScroll: true });
  }
  document.addEventListener("keydown", (event) => {
    const key = event.key;
    if (key === "Escape") {
      for (const menu of all("details.menu[open], details.more[open]")) {
        if (menu.contains(document.activeElement)) at("summary", menu).focus();
        menu.open = false;
      }
      if (event.target.matches?.("#at, #known, #filter")) { // what was typed is asked, and single keys work again
        event.preventDefault();
        at("#main").focus({ preventScroll: true });
      }
      return;
    }
    if (key === "Enter" && (event.metaKey || event.ctrlKey) && event.target.matches("textarea[name=sql]")) event.target.form.requestSubmit();
    if (event.metaKey || event.ctrlKey || event.altKey || kept("servanda-keys") === "off") return;
    if (event.target.closest("input:not([type=checkbox], [type=range]), select, textarea, [contenteditable], dialog[open]")) return;
    if (going) {
      going = false;
      const page = at(`.nav a[data-key="${CSS.escape(key)}"]`);
      if (page) { event.preventDefault(); page.click(); }
      return;
    }
    const reading = /^[0-9]$/.test(key) ? all('#view input[name="as"]') : [];
    if (key === "g") going = true;
    else if (key === "/") { event.preventDefault(); at("#filter")?.focus(); if (view) view.open = true; }
    else if (key === "[") step(-1);
    else if (key === "]") step(1);
    else if (key === "j") move(1);
    else if (key === "k") move(-1);
    else if (key === "Enter" && at("tr.row.at .exp") && !event.target.closest("a, button, summary")) unfold(at("tr.row.at .exp"));
    else if (key === "d") at('[data-key-filter="d"]')?.click();
    else if (key === "c") copyView();
    else if (key === "?") at("#keys").showModal();
    else if (reading.length) {
      const one = key === "0" ? reading.at(-1) : reading[Number(key) - 1];
      if (one && (key === "0" || one !== reading.at(-1))) one.click();
    }
  });
  const off = at("#keys-off");
  if (off) {
    off.checked = kept("servanda-keys") === "off";
    off.addEventListener("change", () => keep("servanda-keys", off.checked ? "off" : "on"));
  }

  // what had the focus before a partial swap has it afterwards, if it is there again
  let focused = null;
  const words = (each) => each.textContent.trim();
  document.addEventListener("htmx:before:swap", () => {
    const now = document.activeElement;
    focused = at("#main")?.contains(now) && now.id !== "main" ? now : null;
  });
  function focusAgain() {
    if (!focused || ![document.body, null].includes(document.activeElement)) return;
    const row = focused.closest("tr[id], li[id]"), within = row ? document.getElementById(row.id) : at("#main");
    const alike = (each) => each.getAttribute("name") === focused.getAttribute("name") && each.className === focused.className && words(each) === words(focused);
    const again = (focused.id && document.getElementById(focused.id)) || (within && all(focused.localName, within).find(alike));
    again?.focus({ preventScroll: true });
    focused = null;
  }

  // after a partial swap: say once what is seen now, and keep the title right
  document.addEventListener("htmx:after:swap", () => {
    showPage();
    focusAgain();
    if (here && !rows().some((each) => each.classList.contains("at"))) document.getElementById(here)?.classList.add("at");
    const shown = at("h1");
    if (shown) document.title = document.title.replace(/^[^·]*/, `${shown.textContent} `);
    aloud(at(".filters .end")?.textContent ?? at(".said")?.textContent ?? "");
  });
})();
