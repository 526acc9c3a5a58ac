import { gzipSync } from 'node:zlib';

/**
 * Pages that are the same for every guest, kept for a moment as they are sent: most visits read the front door and a
 * guide, and a county's morning asks for the same ten pages thousands of times. Only the token of a form differs from
 * guest to guest; it is put in as the page leaves.
 */
export type GuestPage = {
  /** The page with the guest's own token in its forms, which is asked for only when it has any. */
  text(token: () => string): Buffer;
  /** The same packed; nothing when the page has forms, for then it has to be packed anew each time. */
  packed?: Buffer;
};
export type GuestPages = {
  /** The page kept under a key, or the one `render` makes; `token` is what it must use in place of a guest's own. */
  recall(key: string, now: Date, render: (token: string) => Promise<string>): Promise<GuestPage>;
};

const kept = 30_000;
/** Addresses carry what guests typed: their number has no other end. */
const most = 400;

/**
 * @param blank stands for the token while a page is kept: like one in length, and a secret of this process, for a page
 * repeats its address, and whoever knew the blank could have somebody's token written into links and their history
 */
export function openGuestPages(blank: string): GuestPages {
  const pages = new Map<string, { page: GuestPage; at: number }>();
  return {
    async recall(key, now, render) {
      const known = pages.get(key);
      if (known && Math.abs(now.getTime() - known.at) < kept) return known.page;
      const page = pageOf(await render(blank), blank);
      if (pages.size >= most) pages.clear();
      pages.set(key, { page, at: now.getTime() });
      return page;
    },
  };
}

function pageOf(text: string, blank: string): GuestPage {
  const parts = text.split(blank);
  if (parts.length > 1) return { text: (token) => Buffer.from(parts.join(token())) };
  const whole = Buffer.from(text);
  return { text: () => whole, packed: gzipSync(whole, { level: 6 }) };
}
