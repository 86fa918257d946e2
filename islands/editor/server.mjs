// What the editor asks of the server. A draft is sent whole, is judged as it would stand in the case, and is not kept.

/** The answer to a question about a draft, or null where there is none: the editor goes on without. */
export async function asked(form, about, draft, signal) {
  const token = form.elements.namedItem("csrf");
  try {
    const answer = await fetch(form.dataset[about], {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-CSRF-Token": token ? token.value : "" },
      body: JSON.stringify({ file: form.dataset.file, ...draft }),
      signal,
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}
