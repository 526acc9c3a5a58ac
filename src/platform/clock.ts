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
