/** What changed between two texts, line by line. Pure. */
export type Line = {
  sign: '+' | '-' | ' ';
  text: string;
  /** Of the new text, or of the old one for what is gone. */
  at: number;
};

/** Lines shown around a change. */
const around = 3;

/** The changes with a few lines around each; lines that are the same and far from a change are left out. */
export function difference(before: string, after: string): Line[][] {
  const lines = allLines(before.split('\n'), after.split('\n'));
  const near = new Set(
    lines.flatMap(({ sign }, at) =>
      sign === ' ' ? [] : Array.from({ length: around * 2 + 1 }, (_, step) => at - around + step),
    ),
  );
  const parts: Line[][] = [];
  for (const [at, line] of lines.entries()) {
    if (!near.has(at)) continue;
    if (!near.has(at - 1) || parts.length === 0) parts.push([]);
    parts.at(-1)?.push(line);
  }
  return parts;
}

/** Both texts as one: what they share, what is gone, and what is new. */
export function allLines(before: string[], after: string[]): Line[] {
  let start = 0;
  while (start < before.length && start < after.length && before[start] === after[start]) start += 1;
  let end = 0;
  const most = Math.min(before.length, after.length) - start;
  while (end < most && before.at(-1 - end) === after.at(-1 - end)) end += 1;
  const same = (text: string, at: number): Line => ({ sign: ' ', text, at: at + 1 });
  const tail = after.length - end;
  return [
    ...after.slice(0, start).map(same),
    ...changed(before.slice(start, before.length - end), after.slice(start, tail), start),
    ...after.slice(tail).map((text, at) => same(text, tail + at)),
  ];
}

/** The longest common lines stay; everything else is gone or new, what is gone first. */
function changed(before: string[], after: string[], offset: number): Line[] {
  const lengths = commonLengths(before, after);
  const width = after.length + 1;
  const lines: Line[] = [];
  let [old, now] = [0, 0];
  while (old < before.length || now < after.length) {
    const left = lengths[(old + 1) * width + now] ?? 0;
    const right = lengths[old * width + now + 1] ?? 0;
    if (old < before.length && now < after.length && before[old] === after[now]) {
      lines.push({ sign: ' ', text: after[now] ?? '', at: offset + now + 1 });
      old += 1;
      now += 1;
    } else if (old < before.length && (now === after.length || left >= right)) {
      lines.push({ sign: '-', text: before[old] ?? '', at: offset + old + 1 });
      old += 1;
    } else {
      lines.push({ sign: '+', text: after[now] ?? '', at: offset + now + 1 });
      now += 1;
    }
  }
  return lines;
}

/** For each pair of places, how many lines the two rests have in common. */
function commonLengths(before: string[], after: string[]): Uint16Array {
  const width = after.length + 1;
  const lengths = new Uint16Array((before.length + 1) * width);
  for (let old = before.length - 1; old >= 0; old -= 1)
    for (let now = after.length - 1; now >= 0; now -= 1) {
      const skip = Math.max(lengths[(old + 1) * width + now] ?? 0, lengths[old * width + now + 1] ?? 0);
      lengths[old * width + now] = before[old] === after[now] ? (lengths[(old + 1) * width + now + 1] ?? 0) + 1 : skip;
    }
  return lengths;
}
