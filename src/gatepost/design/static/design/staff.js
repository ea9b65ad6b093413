/* Saves a staff form while somebody writes, and keeps the words on the device when the connection is away.
   For forms with data-autosave; the line that tells about it is made by the save_status tag. Family pages load no script, but where somebody asks to listen. */
(() => {
  "use strict";
  const QUIET = 800, FIRST_RETRY = 2000, LAST_RETRY = 60000, FORGET = 7 * 24 * 3600 * 1000;

  const shelf = {
    get(key) { try { return JSON.parse(localStorage.getItem(key)); } catch { return null; } },
    put(key, value) { try { localStorage.setItem(key, JSON.stringify(value)); return true; } catch { return false; } },
    drop(key) { try { localStorage.removeItem(key); } catch { /* nothing was kept */ } },
  };

  function fieldsOf(form) {
    return [...new FormData(form)].filter(([name, value]) => typeof value === "string" && name !== "csrfmiddlewaretoken");
  }

  function putBack(form, fields) {
    const words = new Map();
    for (const [name, value] of fields) words.set(name, [...(words.get(name) || []), value]);
    for (const element of form.elements) {
      if (!element.name || ["hidden", "file", "submit", "button"].includes(element.type)) continue;
      const kept = words.get(element.name);
      if (element.type === "checkbox" || element.type === "radio") element.checked = Boolean(kept && kept.includes(element.value));
      else if (element.type === "select-multiple") for (const each of element.options) each.selected = Boolean(kept && kept.includes(each.value));
      else if (kept) element.value = kept.shift() ?? element.value;
    }
  }

  async function answerOf(response) {
    const text = await response.text();
    if (!(response.headers.get("Content-Type") || "").includes("json")) return { message: response.status === 409 ? text.slice(0, 300) : "" };
    try { return JSON.parse(text) || {}; } catch { return {}; }
  }

  function watch(form) {
    const key = `gatepost:${form.id || location.pathname}`;
    const line = document.querySelector(`[data-save-status="${form.id}"]`);
    const words = line ? line.dataset : {};
    let timer = 0, wait = FIRST_RETRY, edits = 0, sent = -1, sending = false, stopped = false, unsaved = false;

    function tell(text, state) {
      if (!line) return;
      if (line.textContent !== text) line.textContent = text;
      line.className = `saved ${state}`.trim();
    }
    function later(delay) { clearTimeout(timer); timer = setTimeout(send, delay); }
    function keep() { return shelf.put(key, { at: Date.now(), base: form.dataset.savedAt || "", fields: fieldsOf(form) }); }
    function hold() {
      tell(keep() ? words.held : words.unkept, "held");
      later(wait);
      wait = Math.min(wait * 2, LAST_RETRY);
    }
    function settle(answer, before) {
      if (answer.saved_at !== undefined) form.dataset.savedAt = answer.saved_at;
      if (answer.revision !== undefined && form.elements.revision) form.elements.revision.value = answer.revision;
      wait = FIRST_RETRY;
      if (edits !== before) { later(QUIET); return; }
      unsaved = false;
      shelf.drop(key);
      tell(answer.message || words.saved, "");
    }
    async function send() {
      if (stopped) return;
      if (sending) { later(QUIET); return; }
      sending = true;
      const before = edits;
      const header = before === sent ? "again" : "1"; // "again": nobody typed, so it keeps no session alive
      sent = before;
      try {
        const response = await fetch(form.dataset.autosave, {
          method: "POST", body: new FormData(form), credentials: "same-origin", redirect: "manual",
          headers: { "X-Autosave": header }, keepalive: document.visibilityState === "hidden",
        });
        if (response.ok) settle(await answerOf(response), before);
        else if (response.status === 409) { stopped = true; keep(); tell((await answerOf(response)).message || words.held, "held"); }
        else hold();
      } catch { hold(); } finally { sending = false; }
    }

    const kept = shelf.get(key);
    if (kept) {
      const seen = form.dataset.savedAt || "";
      const fresh = Date.now() - kept.at < FORGET;
      if (fresh && (kept.base === seen || kept.at > Number(seen) * 1000)) {
        putBack(form, kept.fields);
        // The version that these words were written over: where somebody has saved since, the server says so.
        const seenThen = kept.fields.find(([name]) => name === "revision");
        if (seenThen && form.elements.revision) form.elements.revision.value = seenThen[1];
        unsaved = true;
        tell(words.restored, "held");
        later(QUIET);
      } else shelf.drop(key);
    }
    form.addEventListener("input", () => {
      edits += 1;
      unsaved = true;
      if (line && !line.classList.contains("held")) line.classList.add("pending");
      if (!stopped) later(QUIET); else keep();
    });
    form.addEventListener("submit", () => { clearTimeout(timer); stopped = true; });
    addEventListener("online", () => { if (unsaved && !stopped) later(0); });
    addEventListener("pageshow", (event) => { if (event.persisted) stopped = false; });
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden" && unsaved && !stopped) { keep(); send(); }
    });
  }

  for (const form of document.querySelectorAll("form[data-autosave]")) watch(form);
})();
