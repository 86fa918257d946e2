// The record moves on while a page is open. It is said, with what it changes; nothing moves under a reader.
(() => {
  "use strict";
  const body = document.body;
  const address = body.dataset.live;
  if (!address || !window.EventSource) return;
  const at = (selector, from = document) => from.querySelector(selector);
  const aloud = (words) => { at("#said-aloud").textContent = words; };
  let stream = null;
  let told = body.dataset.copy;

  // nothing is being read below the top, opened, chosen or written: then the page may follow by itself
  const undisturbed = () =>
    window.scrollY < 4 &&
    !at('form[data-editor], dialog[open], main details[open], tr.detail:not([hidden]), main input:not([type="hidden"])') &&
    String(getSelection()) === "" &&
    [document.body, at("#main"), null].includes(document.activeElement);

  async function shown() {
    const y = window.scrollY;
    const page = await fetch(location.href, { headers: { Accept: "text/html" } });
    const fresh = new DOMParser().parseFromString(await page.text(), "text/html");
    for (const place of ["#main", "#nav", "#view-line", ".foot"]) {
      const now = at(place), next = at(place, fresh);
      if (now && next) now.replaceWith(next);
    }
    body.dataset.copy = fresh.body.dataset.copy;
    window.htmx?.process(at("#main"));
    window.scrollTo(0, y);
  }

  async function changed(mark) {
    if (mark === told) return;
    told = mark;
    // what was saved from this page comes back as news
    if (at("form[data-editor]")) await new Promise((done) => setTimeout(done, 600));
    if (body.dataset.mine === mark) return;
    const answer = await fetch(`${address.split("?")[0].replace(/live$/, "changed")}/${body.dataset.copy}${location.search}`);
    if (!answer.ok) return;
    const parts = new DOMParser().parseFromString(await answer.text(), "text/html").body;
    const follow = undisturbed();
    if (follow) await shown();
    at("#stale")?.remove();
    const notice = document.createElement("div");
    notice.className = "notice stale";
    notice.id = "stale";
    const words = document.createElement("div");
    words.append(...parts.childNodes);
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn";
    button.textContent = follow ? "Close" : at("form[data-editor]") ? "Leave it" : "Show it";
    button.addEventListener("click", async () => {
      if (!follow && !at("form[data-editor]")) await shown();
      at("#stale")?.remove();
    });
    notice.append(words, button);
    if (!follow && !at("form[data-editor]")) {
      const stay = document.createElement("button");
      stay.type = "button";
      stay.className = "btn";
      stay.textContent = "Stay";
      stay.addEventListener("click", () => notice.remove());
      notice.append(stay);
    }
    if (at("form[data-editor]")) {
      notice.classList.remove("stale");
      at("#main .head").after(notice);
    } else at("#main").append(notice);
    aloud(`${at("p", words)?.textContent ?? "The record has changed."}${follow ? " This page shows it now." : ""}`);
  }

  function listen() {
    if (stream || document.hidden) return;
    const url = new URL(address, location.href);
    stream = new EventSource(`${url.pathname}?copy=${encodeURIComponent(told)}`);
    stream.addEventListener("record", (event) => changed(JSON.parse(event.data).mark));
  }
  document.addEventListener("visibilitychange", () => {
    if (!document.hidden) return listen();
    stream?.close();
    stream = null;
  });
  window.addEventListener("pagehide", () => stream?.close());
  listen();
})();
