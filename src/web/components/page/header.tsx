import { switchHref, type View } from '../../view.ts';
import { Csrf } from '../csrf/csrf.tsx';
import { Icon } from '../icon/icon.tsx';
import { Mark } from '../mark/mark.tsx';

/** The portal's header: whose service it is, who is signed in, and the two switches. */
export function Header({ view, current }: { view: View; current?: string }) {
  const { say, lang } = view;
  return (
    <header class="header">
      <div class="wide header-row">
        <a class="brand" href="/" aria-current={current === 'home' ? 'page' : undefined}>
          <Mark />
          <span class="brand-words">
            {view.county[lang]} {say('components.page.service')}
          </span>
        </a>
        <nav class="header-nav" aria-label={say('components.page.menu')}>
          <ModeLinks view={view} />
          <LangLink view={view} />
          <Account view={view} current={current} />
        </nav>
      </div>
    </header>
  );
}

/** Larger, smaller, back to standard: always visible. */
function ModeLinks({ view }: { view: View }) {
  const { say, mode } = view;
  if (mode === 'standard') {
    return (
      <a class="header-link" href={switchHref(view, 'mode', 'elder')}>
        <Icon name="a-large-small" />
        <span>{say('components.page.elder')}</span>
      </a>
    );
  }
  const other = mode === 'elder' ? 'elder-xl' : 'elder';
  return (
    <>
      <a class="header-link" href={switchHref(view, 'mode', other)}>
        <Icon name={mode === 'elder' ? 'zoom-in' : 'zoom-out'} />
        <span>{say(mode === 'elder' ? 'components.page.larger' : 'components.page.smaller')}</span>
      </a>
      <a class="header-link" href={switchHref(view, 'mode', 'standard')}>
        <Icon name="undo-2" />
        <span>{say('components.page.standard')}</span>
      </a>
    </>
  );
}

/** The other language, in its own words. */
export function LangLink({ view }: { view: View }) {
  const other = view.lang === 'zh' ? 'en' : 'zh';
  return (
    <a
      class="header-link"
      href={switchHref(view, 'lang', other)}
      lang={other === 'zh' ? 'zh-CN' : 'en'}
      hreflang={other}
    >
      <Icon name="languages" />
      <span>{view.say('components.page.otherLanguage')}</span>
    </a>
  );
}

function Account({ view, current }: { view: View; current?: string }) {
  const { say, actor } = view;
  if (view.unread) return null;
  if (actor.kind === 'guest') {
    return (
      <a class="header-link header-account" href="/sign-in">
        <Icon name="user" />
        <span>{say('components.page.signIn')}</span>
      </a>
    );
  }
  const home = actor.kind === 'person' ? '/cases' : '/desk';
  return (
    <>
      <a class="header-link header-account" href={home} aria-current={current === 'cases' ? 'page' : undefined}>
        <Icon name="folder-open" />
        <span>{say(actor.kind === 'person' ? 'components.page.myCases' : 'components.page.desk')}</span>
      </a>
      <SignOut view={view} />
    </>
  );
}

/** Oneself, or the organisation one acts for. */
function nameOf({ say, actor }: View): string {
  if (actor.kind === 'guest') return '';
  return actor.kind === 'person' && actor.for ? say('organisation.header', { name: actor.for.name }) : actor.name;
}

/** Who is signed in, and the way out. */
export function SignOut({ view }: { view: View }) {
  if (view.actor.kind === 'guest') return null;
  return (
    <form class="sign-out" method="post" action="/sign-out">
      <Csrf view={view} />
      <a class="header-link signed-in" href="/account">
        <Icon name="user" />
        <span>{nameOf(view)}</span>
      </a>
      <button class="header-link" type="submit">
        {view.say('components.page.signOut')}
      </button>
    </form>
  );
}
