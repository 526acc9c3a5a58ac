import type { FastifyRequest } from 'fastify';
import type { ComponentChildren } from 'preact';
import type { Page } from '../../platform/door.ts';
import { EmptyState } from '../components/empty-state/empty-state.tsx';
import { Sheet } from '../components/layout/layout.tsx';
import { Pagination } from '../components/pagination/pagination.tsx';
import { SearchBox } from '../components/search-box/search-box.tsx';
import { queryOf } from '../forms.ts';
import { isEmpty, leafing, offsetOf, pageOf } from '../paging.ts';
import type { View } from '../view.ts';

/** Which accounts somebody asked for: all of them, or those found by `q`, and which page of them. */
export type StaffAsked = { q: string; page: number; offset: number };

export function staffAsked(request: FastifyRequest): StaffAsked {
  const page = pageOf(request);
  return { q: (queryOf(request).q ?? '').trim().slice(0, 100), page, offset: offsetOf(page) };
}

type Props = { view: View; path: string; asked: StaffAsked; found: Page<unknown>; children: ComponentChildren };

/**
 * A table of accounts with what finds them: a name, a login or an agency. It asks by GET, so that the pages of what was
 * found are links; an address may hold the name of who works here, and never of who applies.
 */
export function StaffFound({ view, path, asked: { q, page }, found, children }: Props) {
  const { say } = view;
  return (
    <Sheet>
      <SearchBox
        view={view}
        action={path}
        value={q}
        label={say('admin.people.search')}
        hint={say('admin.people.searchHint')}
      />
      {isEmpty(page, found) ? (
        <EmptyState icon="search" title={say('admin.people.none')} note={say('admin.people.noneNote')} />
      ) : (
        <>
          {children}
          <Pagination view={view} {...leafing(page, found, path, q ? { q } : {})} />
        </>
      )}
    </Sheet>
  );
}
