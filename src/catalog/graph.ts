/** What must be decided before what. Pure; the nodes are the items of a bundle, the days are working days. */
export type Task = { id: string; dependsOn: readonly string[]; days: number };

/**
 * The ids in an order where everything comes after what it depends on, otherwise as given. Dependencies that are not
 * among the tasks do not bind. What stands in a circle is left out.
 */
export function inOrder(tasks: readonly Task[]): string[] {
  const waiting = new Map(tasks.map((task) => [task.id, task]));
  const order: string[] = [];
  for (let found: Task | undefined = first(waiting); found; found = first(waiting)) {
    waiting.delete(found.id);
    order.push(found.id);
  }
  return order;
}

/** The ids that stand in a circle or wait for one, in the order given; empty when all is well. */
export function inCircle(tasks: readonly Task[]): string[] {
  const fine = new Set(inOrder(tasks));
  const stuck = tasks.filter((task) => !fine.has(task.id));
  // What only waits for the circle is not in it: nothing stuck depends on it.
  let circle = stuck;
  for (;;) {
    const needed = circle.filter((task) => circle.some((other) => other.dependsOn.includes(task.id)));
    if (needed.length === circle.length) return circle.map((task) => task.id);
    circle = needed;
  }
}

/** Working days until everything is decided when all that can run in parallel does: the longest way through. */
export function criticalDays(tasks: readonly Task[]): number {
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const ready = new Map<string, number>();
  for (const id of inOrder(tasks)) {
    const task = byId.get(id);
    if (!task) continue;
    const start = Math.max(0, ...task.dependsOn.map((before) => ready.get(before) ?? 0));
    ready.set(id, start + task.days);
  }
  return Math.max(0, ...ready.values());
}

function first(waiting: Map<string, Task>): Task | undefined {
  for (const task of waiting.values()) if (!task.dependsOn.some((before) => waiting.has(before))) return task;
  return undefined;
}
