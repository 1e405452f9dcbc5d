// The page's player. Sound is the clock: every frame asks where the sound is and looks the session up; nothing is counted
// or chained. After it stand no other scripts; before it, breath.js. Words of a session are only ever set as text.

const $$ = (id) => document.getElementById(id);
const stretches = JSON.parse($$("data").textContent);
const sounds = stretches.map((_, k) => $$(`sound-${k}`));
for (const sound of sounds) sound.controls = false;

// A clock of its own, for a browser that cannot play the sound.
class Quiet {
  constructor(seconds) { this.duration = seconds; this.paused = true; this.kept = 0; this.since = 0; this.volume = 1; }
  get currentTime() {
    const now = this.kept + (this.paused ? 0 : (performance.now() - this.since) / 1000);
    return Math.min(now, this.duration);
  }
  set currentTime(seconds) { this.kept = seconds; this.since = performance.now(); }
  get ended() { return this.currentTime >= this.duration; }
  async play() { this.since = performance.now(); this.paused = false; }
  pause() { this.kept = this.currentTime; this.paused = true; }
}

const FADE_MS = 120;
let state = "before"; // then playing, paused, asking (held for an answer), after
let at = 0; // which stretch
let wanted = 0.8; // volume
let stop = null; // the open step of this moment
let released = null; // the moment until which it still plays after "go on"
let asked = 0; // when the open step began, for its watch
let fading = 0;
let pending = null; // what is done when the fade is over
let going = null; // where it is going while the sound fades
let heard = -1;
let heardAt = 0;
const answers = new Map();

const sound = () => sounds[at];
const stretch = () => stretches[at];

// Where the sound is, in ms. A browser may renew currentTime seldom: between, the computer's clock carries on.
const position = () => {
  const now = sound().currentTime * 1000;
  if (now !== heard || sound().paused) { heard = now; heardAt = performance.now(); }
  return now + (sound().paused || sound().ended ? 0 : Math.min(250, performance.now() - heardAt));
};

// Towards a volume in small steps, so that nothing clicks, and then something. What another fade waited for comes first.
const fade = (to, then = null) => {
  const before = pending;
  pending = null;
  if (before) before();
  const mine = ++fading;
  pending = then;
  const from = sound().volume;
  const begun = performance.now();
  const step = () => {
    if (mine !== fading) return;
    const share = Math.min(1, (performance.now() - begun) / FADE_MS);
    sound().volume = Math.min(1, Math.max(0, from + (to - from) * share));
    if (share < 1) setTimeout(step, 15);
    else if (then) {
      pending = null;
      then();
    }
  };
  step();
};

const say = (words) => { $$("status").textContent = words; };

const show = (name) => {
  document.body.dataset.state = name;
  for (const id of ["before", "playing", "after"]) $$(id).hidden = id !== name;
  scrollTo(0, 0);
};

const withoutSound = () => {
  if (sound() instanceof Quiet) return;
  sounds[at] = new Quiet(stretch().length / 1000);
  say("The sound cannot be played here. The session goes on without it.");
  if (state === "playing") sound().play();
};

const play = async () => {
  state = "playing";
  $$("pause").textContent = "Pause";
  say("");
  try {
    sound().volume = 0;
    await sound().play();
    if (state === "playing") fade(wanted);
  } catch (error) {
    if (error.name !== "AbortError") withoutSound();
  }
};

const hold = (next, words) => {
  state = next;
  $$("pause").textContent = next === "paused" ? "Go on" : "Pause";
  if (words) say(words);
  fade(0, () => { if (state === next) sound().pause(); });
};

const toggle = () => {
  if (state === "playing") hold("paused", "Paused. Take the time you need.");
  else if (state === "paused") play();
};

// To another place, also in another stretch.
const go = (k, ms) => {
  going = ms;
  const there = () => {
    going = null;
    if (k !== at) sound().pause();
    at = k;
    released = null;
    if (stop) $$(`form-${stop.form}`).hidden = true;
    stop = null;
    sound().currentTime = Math.max(0, ms) / 1000;
    play();
  };
  if (sound().paused) there();
  else fade(0, there);
};

const landmarks = () => [{ at: 0, title: "" }, ...stretch().chapters, ...stretch().stops]
  .map((mark) => mark.at).sort((a, b) => a - b).filter((ms, k, all) => ms !== all[k - 1]);

const forward = () => {
  const now = going ?? (stop ? Math.max(stop.at, position()) : position());
  const next = landmarks().find((ms) => ms > now + 50);
  if (next !== undefined) go(at, next);
  else over(); // nothing follows: the end of this stretch
};

const back = () => {
  const now = going ?? position();
  const before = landmarks().filter((ms) => ms < now - 3000).pop();
  go(at, before === undefined ? 0 : before);
};

const over = () => {
  const then = stretch().then;
  if (then) go(then[0], then[1]);
  else finish(true);
};

const finish = (whole) => {
  hold("after");
  $$("over").textContent = whole ? $$("after").dataset.whole : $$("after").dataset.stopped;
  $$("landing").hidden = whole;
  $$("resume").hidden = whole;
  const list = $$("answers").querySelector("dl");
  list.replaceChildren();
  for (const [question, answer] of answers.values()) {
    const [term, told] = [document.createElement("dt"), document.createElement("dd")];
    term.textContent = question;
    told.textContent = answer;
    list.append(term, told);
  }
  $$("answers").hidden = !answers.size;
  show("after");
  $$("over").focus();
};

// Open steps.

const fields = (form) => [...form.querySelectorAll("input, textarea")].filter((f) => !f.name.startsWith("quiz-"));

const open = (next) => {
  stop = next;
  released = null;
  asked = performance.now();
  const form = $$(`form-${next.form}`);
  form.hidden = false;
  document.body.classList.toggle("asking", next.again === null);
  const first = form.querySelector("h2[tabindex]") || form.querySelector("input:checked, input, textarea, button");
  first.focus();
  form.scrollIntoView({ block: "nearest" });
};

const close = () => {
  const form = $$(`form-${stop.form}`);
  const inside = form.contains(document.activeElement);
  form.hidden = true;
  stop = null;
  document.body.classList.remove("asking");
  if (inside) $$("pause").focus({ preventScroll: true });
};

const spoken = (form) => fields(form).filter((f) => {
  if (f.type === "radio" || f.type === "checkbox") return f.checked;
  return f.type === "range" ? f.dataset.touched === "yes" : f.value.trim() !== "";
}).map((f) => (f.closest(".pick") ? f.closest(".pick").textContent.trim() : f.value));

// The number that was rated; null where none was.
const rated = (form) => {
  const field = form.querySelector('.scale input:checked, .slide input[data-touched="yes"]');
  return field ? Number(field.value) : null;
};

const wayOf = (form, step) => {
  const picked = form.querySelector(".pick input:checked");
  if (picked && step.ways[picked.value]) return step.ways[picked.value];
  const number = rated(form);
  const range = number === null ? null : step.ranges.find(([low, high]) => low <= number && number <= high);
  return range ? range.slice(2) : null;
};

const leave = (form, given) => {
  const mine = stop;
  if (!mine) return;
  for (const [k, field] of [...form.querySelectorAll(".field")].entries()) {
    const said = given && !("private" in field.dataset) ? spoken(field).join(", ") : "";
    if (said) answers.set(`${form.id}-${k}`, [field.dataset.asked, said]);
    else answers.delete(`${form.id}-${k}`);
  }
  const told = given ? spoken(form).join(", ") : "";
  if (form.dataset.asked && !("private" in form.dataset)) {
    if (told) answers.set(form.id, [form.dataset.asked, told]);
    else answers.delete(form.id);
  }
  const way = given ? wayOf(form, mine) : null;
  if (way) { close(); go(way[0], way[1]); return; }
  if (mine.again !== null) {
    if (phaseAt(stretch().phases, position())) {
      released = cycleEnd(stretch().phases, position(), mine.until) ?? mine.until - 60;
      if (state !== "playing") play();
      say("When this breath is over.");
      return;
    }
  }
  close();
  go(at, mine.until);
};

for (const form of document.querySelectorAll("form.step")) {
  form.addEventListener("submit", (event) => { event.preventDefault(); leave(form, true); });
  const open_ = form.querySelector("button.leave");
  if (open_) open_.addEventListener("click", () => leave(form, false));
  for (const slider of form.querySelectorAll("input[type=range]")) {
    const touched = () => {
      slider.dataset.touched = "yes";
      slider.nextElementSibling.textContent = slider.value;
    };
    for (const kind of ["input", "pointerup"]) slider.addEventListener(kind, touched);
  }
  for (const quiz of form.querySelectorAll(".quiz")) {
    quiz.addEventListener("change", (event) => {
      const words = event.target.value === quiz.dataset.right ? quiz.dataset.yes : quiz.dataset.other;
      quiz.querySelector(".told").textContent = `${words} ${quiz.dataset.why}`;
    });
  }
}

// What has come, looked at ten times a second, also while nobody looks at the page.
const watch = () => {
  if (state !== "playing" || going !== null) return;
  if (sound().ended) { over(); return; }
  const now = position();
  if (stop && (now < stop.at - 500 || now >= stop.until) && stop.again === null) close();
  const next = lastAt(stretch().stops, now);
  if (!stop && next && now < next.until - 50) open(next); // a place that was sought may be met a moment early
  if (!stop) return;
  if (released !== null && now >= released) {
    const until = stop.until;
    close();
    go(at, until);
  } else if (stop.hold !== null && now >= stop.hold) hold("asking");
  else if (stop.again !== null && now >= stop.until - 20) {
    sound().currentTime = (stop.again + Math.max(0, now - stop.until)) / 1000;
  }
};

// What is seen, once a frame.
const put = (id, words) => { if ($$(id).textContent !== words) $$(id).textContent = words; };

const draw = () => {
  if (!$$("playing").hidden) {
    const now = position();
    const phase = phaseAt(stretch().phases, now);
    const plainly = !$$("moving").checked || Boolean(phase && (phase.plain || phase.hidden));
    document.body.classList.toggle("plainly", plainly);
    $$("pacer").toggleAttribute("hidden", plainly);
    const fill = phase ? fillAt(phase, now) : 0;
    $$("disc").setAttribute("r", phase ? (22 + 70 * fill).toFixed(2) : "0");
    $$("pacer").dataset.fill = fill.toFixed(5);
    $$("ring").classList.toggle("held", Boolean(phase && phase.still));
    const count = phase && !phase.hidden ? countAt(phase, now) : 0;
    put("word", phase && !phase.hidden ? phase.word : "");
    put("count", count ? String(count) : "");
    put("through", phase && !phase.hidden ? phase.through : "");
    put("beats", plainly && count ? "●".repeat(Math.ceil(phase.length / 1000) - count + 1) + "○".repeat(count - 1) : "");
    const caption = lastAt(stretch().captions, now);
    put("caption", $$("captions").checked && caption && now < caption.until ? caption.text : "");
    const chapter = lastAt(stretch().chapters, now);
    put("chapter", chapter ? chapter.title : "");
    put("time", `${clockText(now)} of ${clockText(stretch().length)}`);
    const clock = stop && $$(`form-${stop.form}`).querySelector(".watch");
    if (clock) clock.textContent = clockText(performance.now() - asked);
  }
  requestAnimationFrame(draw);
};

// Buttons and keys.

const begin = () => {
  const box = $$("acknowledge");
  if (box && !box.checked) {
    $$("not-yet").textContent = box.dataset.first;
    box.focus();
    return;
  }
  show("playing");
  go(0, 0);
  $$("pause").focus({ preventScroll: true });
};

$$("start").addEventListener("click", begin);
$$("pause").addEventListener("click", toggle);
$$("back").addEventListener("click", back);
$$("on").addEventListener("click", forward);
$$("end").addEventListener("click", () => finish(false));
$$("resume").addEventListener("click", () => { show("playing"); play(); $$("pause").focus({ preventScroll: true }); });
$$("again").addEventListener("click", () => {
  answers.clear();
  for (const form of document.querySelectorAll("form.step")) {
    form.reset();
    for (const slider of form.querySelectorAll("input[type=range]")) {
      delete slider.dataset.touched;
      slider.nextElementSibling.textContent = slider.nextElementSibling.dataset.open;
    }
    for (const told of form.querySelectorAll(".told")) told.textContent = "";
  }
  document.body.classList.remove("asking");
  show("before");
  $$("start").focus();
});
$$("volume").addEventListener("input", () => {
  wanted = Number($$("volume").value) / 100;
  if (state === "playing") fade(wanted);
});
$$("told").addEventListener("change", () => {
  if ($$("told").checked) $$("word").setAttribute("aria-live", "assertive");
  else $$("word").removeAttribute("aria-live");
});

const calm = matchMedia("(prefers-reduced-motion: reduce)");
const follow = () => { $$("moving").checked = !calm.matches; };
calm.addEventListener("change", follow);
follow();

document.addEventListener("keydown", (event) => {
  if ($$("playing").hidden || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const own = event.target.closest("input, textarea");
  const acts = { Escape: () => finish(false) };
  if (!own) Object.assign(acts, { ArrowRight: forward, ArrowLeft: back });
  if (!own && !event.target.closest("button, summary")) acts[" "] = toggle;
  const act = acts[event.key];
  if (!act || event.repeat) return;
  event.preventDefault();
  act();
});

for (const [k, element] of sounds.entries()) {
  element.addEventListener("error", () => { if (k === at && state !== "before") withoutSound(); });
  // The keyboard's own media keys, or a telephone that rings.
  element.addEventListener("pause", () => { if (k === at && state === "playing" && !element.ended) hold("paused"); });
  element.addEventListener("play", () => { if (k === at && state === "paused" && !pending) play(); });
}
setInterval(watch, 100);
requestAnimationFrame(draw);
