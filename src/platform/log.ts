import pino from 'pino';

/**
 * Structured logs, one JSON object a line. A line carries codes, ids of requests and counts; never a name, an
 * answer, a document number or a URL's query.
 */
export type Log = pino.Logger;

/** Opens the log: one JSON object a line on standard output, without host and process. */
export function openLog(level: string, to?: pino.DestinationStream): Log {
  return pino({ level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime }, to ?? pino.destination(1));
}
