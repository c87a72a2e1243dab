"use strict";
/* The page of a phone: pictures go to the laptop one after the other, each with its SHA-256. No library, no cookie. */
const given = JSON.parse(document.getElementById("words").textContent);
const at = (id) => document.getElementById(id);
const language = (() => {
  for (const tag of navigator.languages || []) {
    if (/^zh(-hant|-tw|-hk|-mo)/i.test(tag)) return "zh-Hant";
    if (/^zh/i.test(tag)) return "zh-Hans";
    if (/^en/i.test(tag)) return "en";
  }
  return given.language;
})();
const words = given.words[language] || given.words[given.language];
const say = (key) => words[key] || words.bug;
const key = decodeURIComponent(location.hash.slice(1));
const WAITS = [1000, 2000, 4000, 8000];
const queue = [];
let aim = { id: "", title: "" }, isBusy = false, isOver = false;

function phone() {
  const name = "phone:" + key;
  let mine = null;
  try { mine = localStorage.getItem(name); } catch (error) { mine = window.phoneName || null; }
  if (!mine) {
    mine = Array.from(crypto.getRandomValues(new Uint8Array(16)), (b) => b.toString(16).padStart(2, "0")).join("");
    try { localStorage.setItem(name, mine); } catch (error) { window.phoneName = mine; }
  }
  return mine;
}

/* crypto.subtle exists only under https; a hotspot has no certificate that phones accept. */
function sha256(bytes) {
  const k = sha256.k || (sha256.k = constants());
  const h = new Uint32Array([0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19]);
  const whole = new Uint8Array(((bytes.length + 72) >> 6) << 6);
  whole.set(bytes);
  whole[bytes.length] = 0x80;
  const view = new DataView(whole.buffer);
  view.setUint32(whole.length - 8, Math.floor(bytes.length / 0x20000000));
  view.setUint32(whole.length - 4, (bytes.length << 3) >>> 0);
  const w = new Uint32Array(64);
  const turn = (x, n) => (x >>> n) | (x << (32 - n));
  for (let start = 0; start < whole.length; start += 64) {
    for (let i = 0; i < 16; i++) w[i] = view.getUint32(start + 4 * i);
    for (let i = 16; i < 64; i++) {
      const a = w[i - 15], b = w[i - 2];
      w[i] = w[i - 16] + (turn(a, 7) ^ turn(a, 18) ^ (a >>> 3)) + w[i - 7] + (turn(b, 17) ^ turn(b, 19) ^ (b >>> 10));
    }
    let [a, b, c, d, e, f, g, z] = h;
    for (let i = 0; i < 64; i++) {
      const one = (z + (turn(e, 6) ^ turn(e, 11) ^ turn(e, 25)) + ((e & f) ^ (~e & g)) + k[i] + w[i]) | 0;
      const two = ((turn(a, 2) ^ turn(a, 13) ^ turn(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      z = g; g = f; f = e; e = (d + one) | 0; d = c; c = b; b = a; a = (one + two) | 0;
    }
    h[0] += a; h[1] += b; h[2] += c; h[3] += d; h[4] += e; h[5] += f; h[6] += g; h[7] += z;
  }
  return Array.from(h, (x) => x.toString(16).padStart(8, "0")).join("");
}
function constants() {
  const found = new Uint32Array(64);
  for (let n = 2, i = 0; i < 64; n++) {
    let isPrime = true;
    for (let d = 2; d * d <= n; d++) if (n % d === 0) { isPrime = false; break; }
    if (isPrime) { const root = Math.cbrt(n); found[i++] = Math.floor((root - Math.floor(root)) * 4294967296); }
  }
  return found;
}

function ask(method, path, headers, body, moved) {
  return new Promise((resolve) => {
    const request = new XMLHttpRequest();
    request.open(method, path);
    request.timeout = 240000;
    request.setRequestHeader("X-Key", key);
    request.setRequestHeader("X-Phone", phone());
    for (const name in headers) request.setRequestHeader(name, headers[name]);
    if (moved) request.upload.onprogress = (event) => moved(event.loaded, event.total);
    request.onload = () => {
      let said = {};
      try { said = JSON.parse(request.responseText); } catch (error) { said = {}; }
      resolve({ status: request.status, said });
    };
    request.onerror = request.ontimeout = () => resolve({ status: 0, said: { code: "lost" } });
    request.send(body || null);
  });
}
const rest = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

function trouble(code) {
  at("trouble").hidden = !code;
  if (code) at("trouble").textContent = say(code);
}
function end(code) {
  isOver = true;
  trouble(code);
  at("choices").hidden = true;
}

async function look() {
  while (!isOver) {
    const answer = await ask("GET", "/state");
    if (answer.status === 200) {
      aim = answer.said;
      at("title").textContent = aim.title || say("nowhere");
      at("choices").hidden = !aim.id;
      trouble("");
      window.isReady = true;
    } else if (answer.status === 403 || answer.status === 410) {
      end(answer.said.code === "ended" ? "ended" : "key");
    } else {
      trouble("lost");
    }
    await rest(document.hidden ? 5000 : 2000);
  }
}

function card(file) {
  const made = document.createElement("li");
  const blank = document.createElement("span");
  blank.className = "blank";
  const side = document.createElement("div");
  const place = document.createElement("p"), said = document.createElement("p"), bar = document.createElement("progress");
  place.className = "place";
  place.textContent = aim.title;
  said.className = "said";
  said.textContent = say("waiting");
  bar.max = 1;
  bar.value = 0;
  side.append(place, said, bar);
  made.append(blank, side);
  at("photos").prepend(made);
  return { made, blank, side, said, bar };
}

function take(input) {
  for (const file of input.files) queue.push({ file, target: aim.id, shown: card(file) });
  input.value = "";
  work();
}

async function work() {
  if (isBusy) return;
  isBusy = true;
  while (queue.length) await send(queue.shift());
  isBusy = false;
}

async function send(one) {
  const { shown } = one;
  shown.made.className = "";
  shown.bar.hidden = false;
  shown.said.textContent = say("sending");
  let bytes;
  try { bytes = new Uint8Array(await one.file.arrayBuffer()); } catch (error) { return fail(one, "unreadable"); }
  const sha = sha256(bytes);
  const headers = { "X-Target": encodeURIComponent(one.target), "X-Name": encodeURIComponent(one.file.name || ""), "X-Sha256": sha };
  for (let tried = 0; ; tried++) {
    const answer = await ask("PUT", "/photo", headers, bytes, (done, all) => { shown.bar.value = all ? done / all : 0; });
    if (answer.status === 201 && answer.said.sha === sha) return kept(one, answer.said.thumbnail);
    const code = answer.said.code || "bug";
    const isPassing = answer.status === 0 || code === "damaged" || code === "busy";
    if (!isPassing || tried >= WAITS.length || isOver) return fail(one, code);
    shown.said.textContent = say("again");
    await rest(WAITS[tried]);
  }
}

function kept(one, thumbnail) {
  const image = document.createElement("img");
  image.alt = "";
  image.src = "data:image/jpeg;base64," + thumbnail;
  one.shown.blank.replaceWith(image);
  one.shown.bar.hidden = true;
  one.shown.made.className = "kept";
  one.shown.said.textContent = say("kept");
}

function fail(one, code) {
  one.shown.bar.hidden = true;
  one.shown.made.className = "failed";
  one.shown.said.textContent = say(code);
  const again = document.createElement("button");
  again.type = "button";
  again.textContent = say("retry");
  again.onclick = () => { again.remove(); queue.push(one); work(); };
  one.shown.side.append(again);
}

document.documentElement.lang = language;
for (const [id, name] of [["heading", "heading"], ["goes", "goes"], ["take-words", "take"], ["choose-words", "choose"], ["note", "note"]])
  at(id).textContent = say(name);
at("choices").hidden = true;
for (const id of ["take", "choose"]) at(id).addEventListener("change", (event) => take(event.target));
window.addEventListener("hashchange", () => location.reload());
if (key) look(); else end("key");
