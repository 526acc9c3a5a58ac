const endings: (() => unknown)[] = [];

/** Has something put away after the last test of the file that runs: what came last goes first. */
export function atEnd(end: () => unknown): void {
  endings.push(end);
}

/** Puts away what the file has left. Called by the set-up of every file, for files share this module. */
export async function endAll(): Promise<void> {
  for (const end of endings.splice(0).reverse()) await end();
}
