/* Reads a family's page aloud with the voices of its own phone. Loaded only where somebody asked to listen.
   Each part is spoken in the language that it is marked with; a phone that has no voice for the page says so. */
(() => {
  "use strict";
  const bar = document.querySelector("[data-listen]"), speech = window.speechSynthesis;
  if (!bar) return;
  const [start, stop, sorry] = ["start", "stop", "sorry"].map((name) => bar.querySelector(`[data-listen-${name}]`));
  const WAIT = 2000;  // voices come late on many phones

  const show = (...wanted) => { for (const each of [start, stop, sorry]) each.hidden = !wanted.includes(each); };
  const base = (tag) => tag.toLowerCase().split(/[-_]/)[0];
  const voiceFor = (tag) => speech.getVoices().find((voice) => base(voice.lang) === base(tag));
  const tongueOf = (element) => element.closest("[lang]").lang;

  function parts() {
    const found = document.querySelectorAll("main :is(h1, h2, h3, p, li, legend, label, summary, dt, dd)");
    return [...found].filter((each) => !bar.contains(each) && each.offsetParent && !each.querySelector("p, li") && each.textContent.trim());
  }

  function speak() {
    speech.cancel();
    const said = parts().filter(each => voiceFor(tongueOf(each))).map((each) => {
      const words = new SpeechSynthesisUtterance(each.textContent.trim().replace(/\s+/g, " "));
      words.lang = tongueOf(each);
      words.voice = voiceFor(words.lang);
      return words;
    });
    if (!said.length) return show(sorry);
    said.at(-1).onend = () => show(start);
    for (const each of said) speech.speak(each);
    show(stop);
  }

  function look() {
    if (speech && voiceFor(document.documentElement.lang)) show(start);
    else show(sorry);
  }

  start.addEventListener("click", speak);
  stop.addEventListener("click", () => { speech.cancel(); show(start); });
  window.addEventListener("pagehide", () => speech && speech.cancel());
  if (speech && speech.getVoices().length) look();
  else if (speech) { speech.addEventListener("voiceschanged", look); setTimeout(look, WAIT); }
  else look();
})();
