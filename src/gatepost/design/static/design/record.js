/* Records a voice, or a signed film, in the browser, and puts it into the form like a chosen file.
   For forms with data-record; where the browser cannot, the form stays as it is. A minute and a half at most. */
(() => {
  "use strict";
  const form = document.querySelector("form[data-record]"), bar = form && form.querySelector("[data-record-bar]");
  if (!bar || !window.MediaRecorder || !navigator.mediaDevices || !window.DataTransfer) return;
  const LONGEST = 90, find = (name) => bar.querySelector(`[data-record-${name}]`);
  const starts = bar.querySelectorAll("[data-record-start]"), stop = find("stop"), time = find("time");
  const players = { audio: find("audio"), video: find("video") };
  const KINDS = { audio: ["audio/mp4;codecs=mp4a.40.2", "audio/webm;codecs=opus"], video: ["video/mp4;codecs=avc1.42E01E,mp4a.40.2", "video/webm;codecs=vp8,opus"] };
  const SIZE = { audioBitsPerSecond: 32000, videoBitsPerSecond: 600000 };
  const HEARS = { audio: { audio: true }, video: { audio: true, video: { width: 480, frameRate: 24, facingMode: "user" } } };
  const kindFor = (what) => KINDS[what].find((each) => MediaRecorder.isTypeSupported(each));
  bar.hidden = false;

  function show(recording) {
    for (const each of starts) each.hidden = recording;
    stop.hidden = !recording;
  }

  function keep(what, pieces, kind) {
    const plain = kind.split(";")[0], blob = new Blob(pieces, { type: plain });
    const files = new DataTransfer();
    files.items.add(new File([blob], `recording.${plain.split("/")[1]}`, { type: plain }));
    form.elements.file.files = files.files;
    const player = players[what];
    player.srcObject = null;
    player.muted = false;
    player.src = URL.createObjectURL(blob);
    player.hidden = false;
  }

  async function record(what) {
    let heard;
    try { heard = await navigator.mediaDevices.getUserMedia(HEARS[what]); }
    catch { time.textContent = bar.dataset.refused; return; }
    for (const each of Object.values(players)) each.hidden = true;
    const recorder = new MediaRecorder(heard, { mimeType: kindFor(what), ...SIZE }), pieces = [], begun = Date.now();
    const clock = setInterval(() => {
      const seconds = Math.round((Date.now() - begun) / 1000);
      time.textContent = `${seconds} s`;
      if (seconds >= LONGEST) recorder.stop();
    }, 500);
    if (what === "video") { players.video.srcObject = heard; players.video.muted = true; players.video.hidden = false; players.video.play(); }
    recorder.addEventListener("dataavailable", (event) => pieces.push(event.data));
    recorder.addEventListener("stop", () => {
      clearInterval(clock);
      for (const track of heard.getTracks()) track.stop();
      show(false);
      keep(what, pieces, recorder.mimeType);
    }, { once: true });
    stop.onclick = () => recorder.stop();
    show(true);
    recorder.start();
  }

  for (const each of starts) {
    const what = each.dataset.recordStart;
    each.hidden = !kindFor(what);
    each.addEventListener("click", () => record(what));
  }
})();
