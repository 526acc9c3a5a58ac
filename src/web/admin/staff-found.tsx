import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { Page } from '../../platform/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Sheet } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { SearchBox } from '../components/search-box/search-box.tsx';
import { formOf } from '../forms.ts';
import { isEmpty, leafing, leafingPosted, offsetOf, pageOf, pagePosted } from '../paging.ts';
import type { View } from '../view.ts';

/** Which accounts somebody asked for: all of them, or those found by `q`, and which page of them. */
export type StaffAsked = { q: string; page: number; offset: number };

export function staffAsked(request: FastifyRequest): StaffAsked {
  const q = (formOf(request).q ?? '').trim().slice(0, 100);
  const page = q ? pagePosted(request) : pageOf(request);
  return { q, page, offset: offsetOf(page) };
}

type Props = { view: View; path: string; asked: StaffAsked; found: Page<unknown>; children: ComponentChildren };

/**
 * A table of accounts with what finds them: a name, a login or an agency. Who is looked for is posted, and so are the
 * pages of what was found: the name of a colleague stands in no address, as little as that of who applies.
 */
export function StaffFound({ view, path, asked: { q, page }, found, children }: Props) {
  const { say } = view;
  return (
    <Sheet>
      <SearchBox
        view={view}
        action={path}
        post
        value={q}
        label={say('admin.people.search')}
        hint={say('admin.people.searchHint')}
      />
      {isEmpty(page, found) ? (
        <EmptyState icon="search" title={say('admin.people.none')} note={say('admin.people.noneNote')} />
      ) : (
        <>
          {children}
          <Pagination view={view} {...(q ? leafingPosted(page, found, path, { q }) : leafing(page, found, path))} />
        </>
      )}
    </Sheet>
  );
}
