/** Times are passed in. The composition root hands every room one of these; tests and the generator move it. */
export type Clock = () => Date;

const shanghai = new Intl.DateTimeFormat('sv-SE', {
  timeZone: 'Asia/Shanghai',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});

/** The calendar day (YYYY-MM-DD) an instant falls on in China, whatever zone the machine is in. */
export function dayOf(at: Date | string): string {
  return shanghai.format(typeof at === 'string' ? new Date(at) : at);
}

/** The first moment of a day (YYYY-MM-DD) in China, which has had one zone and no summer time since 1991. */
export const dayStart = (day: string): Date => new Date(`${day}T00:00:00+08:00`);

/** The first moment after a day in China. */
export const dayEnd = (day: string): Date => new Date(dayStart(day).getTime() + 24 * 3600_000);
