import { can } from '../../../identity/door.ts';
import type { View } from '../../view.ts';
import { Mark } from '../mark/mark.tsx';
import { LangLink, SignOut } from './header.tsx';

/** The header of desk and watch: slim, with the agency one works for. */
export function StaffHeader({ view, area }: { view: View; area: 'desk' | 'watch' | 'portal' }) {
  const { say, lang, actor } = view;
  const watch = area === 'watch';
  const place = (here: boolean) => (here ? ('page' as const) : undefined);
  return (
    <header class="header header-staff">
      <div class="header-row">
        <a class="brand" href={watch ? '/watch' : '/desk'}>
          <Mark />
          <span class="brand-words">
            {view.county[lang]} {say(`components.page.${watch ? 'watchName' : 'deskName'}`)}
          </span>
        </a>
        <nav class="header-nav" aria-label={say('components.page.menu')}>
          {actor.kind === 'staff' && <span class="header-agency">{actor.agencyName[lang]}</span>}
          <a class="header-link" href="/desk" aria-current={place(!watch && !view.path.startsWith('/admin'))}>
            {say('components.page.desk')}
          </a>
          {mayWatch(view) && (
            <a class="header-link" href="/watch" aria-current={place(watch)}>
              {say('components.page.watch')}
            </a>
          )}
          {administers(view) && (
            <a class="header-link" href="/admin" aria-current={place(view.path.startsWith('/admin'))}>
              {say('components.page.admin')}
            </a>
          )}
          <LangLink view={view} />
          <SignOut view={view} />
        </nav>
      </div>
    </header>
  );
}

/** Whether the pages of administration, or some of them, are this reader's. */
export function administers({ actor }: View): boolean {
  return can(actor, 'policy.read', { kind: 'house' }) || can(actor, 'catalog.read', { kind: 'house' });
}

function mayWatch({ actor }: View): boolean {
  return actor.kind === 'staff' && actor.roles.some((role) => role === 'supervisor' || role === 'lead');
}
