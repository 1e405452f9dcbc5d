// How full the lungs are, moment by moment: the curve of mindful/timeline/breath.py, which the sound sings as well.
// Times are milliseconds from the beginning of a stretch; lists are sorted by `at`.

// A half cosine, 0 to 1: a breath starts and ends softly.
const ease = (progress) => 0.5 - 0.5 * Math.cos(Math.PI * Math.min(1, Math.max(0, progress)));

// The last entry that has begun at `ms`, or null.
const lastAt = (list, ms) => {
  let low = 0;
  let high = list.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (list[middle].at <= ms) low = middle + 1;
    else high = middle;
  }
  return low ? list[low - 1] : null;
};

// The phase of this moment; null where the breath is left alone.
const phaseAt = (phases, ms) => {
  const phase = lastAt(phases, ms);
  return phase && ms < phase.at + phase.length ? phase : null;
};

// Fill of the lungs in a phase, 0 to 1.
const fillAt = (phase, ms) => phase.from + (phase.to - phase.from) * ease((ms - phase.at) / phase.length);

// Whole seconds left of a phase, counted as people do: 4, 3, 2, 1.
const countAt = (phase, ms) => Math.max(1, Math.ceil((phase.at + phase.length - ms) / 1000));

// Where the breath that has begun at `ms` is over: the start of the next cycle, or null where none follows.
const cycleEnd = (phases, ms, until) => {
  const now = phaseAt(phases, ms);
  if (!now) return null;
  const next = phases.find((p) => p.at > now.at && p.cycle !== now.cycle);
  return next && next.at < until ? next.at : null;
};

// 75000 as 1:15.
const clockText = (ms) => {
  const seconds = Math.floor(Math.max(0, ms) / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};
