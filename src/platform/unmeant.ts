/**
 * Settings that open a node further than whoever leaves them out may know. Nobody is kept from them: they have to be said.
 * Pure.
 */
type Given = { host: string; demo: boolean; origin?: string };
/** What was said of the two switches; nothing when a setting was left out. */
export type Said = { demo?: boolean; secure?: boolean };

/** What has to be said before a node may start so, in words; nothing when it may. */
export function unmeant({ host, demo, origin }: Given, said: Said): string | undefined {
  const shown = !isThisMachine(host);
  if (demo && shown && said.demo === undefined)
    return `HOST=${host} lets everybody who reaches it sign in as any person of the demonstration, administrators too, with one press. Say TONGBAN_DEMO=on if that is meant; for a real node set DATABASE_URL`;
  const behindTls = origin?.startsWith('https:') ?? false;
  if (!demo && (shown || behindTls) && said.secure === undefined)
    return `${shown ? `HOST=${host}` : `TONGBAN_ORIGIN=${origin}`} needs TONGBAN_SECURE: "on" behind TLS, so that no cookie is ever sent in clear; "off" if people shall sign in without TLS all the same`;
  return undefined;
}

const isThisMachine = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|::1)$/.test(host);
