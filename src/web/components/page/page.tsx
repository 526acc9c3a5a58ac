import type { ComponentChildren } from 'preact';
import { stylesheet } from '../../styles/styles.ts';
import type { View } from '../../view.ts';
import { DeviceBar } from './device-bar.tsx';
import { Footer } from './footer.tsx';
import { Header } from './header.tsx';
import { StaffHeader } from './staff-header.tsx';

export type Area = 'portal' | 'desk' | 'watch';
export type PageProps = {
  view: View;
  /** What the reader can do here; the county's name is added. */
  title: string;
  area: Area;
  children: ComponentChildren;
  /** A full-width band under the header: the home page's search. */
  hero?: ComponentChildren;
  /** Above the main part: a BackLink or Breadcrumbs. */
  back?: ComponentChildren;
  /** Desk and watch: a Rail. */
  rail?: ComponentChildren;
  /** The page shows errors; its title says so. */
  wrong?: boolean;
  /** Which entry of the header is this page's. */
  current?: 'home' | 'cases' | 'help';
};

/** The whole document: head, skip link, demo banner, header, main, footer. */
export function Page({ view, title, area, children, hero, back, rail, wrong, current }: PageProps) {
  const { say, lang } = view;
  const staff = area !== 'portal';
  return (
    <html lang={lang === 'zh' ? 'zh-CN' : 'en'} class={`mode-${view.mode} area-${area}${hero ? ' has-hero' : ''}`}>
      <Head
        view={view}
        area={area}
        title={`${wrong ? say('components.page.wrong') : ''}${title} - ${view.county[lang]} ${say('components.page.service')}`}
      />
      <body>
        <a class="skip" href="#main">
          {say('components.page.skip')}
        </a>
        {view.demo && <DemoBanner view={view} />}
        {view.device && <DeviceBar view={view} />}
        {staff ? <StaffHeader view={view} area={area} /> : <Header view={view} current={current} />}
        {hero && (
          <div class="hero">
            <div class="wide">{hero}</div>
          </div>
        )}
        <div class={rail ? 'body body-rail' : 'body wide'}>
          {rail}
          <div class="content">
            {back}
            <main id="main" tabIndex={-1}>
              {children}
            </main>
          </div>
        </div>
        {!staff && <Footer view={view} />}
      </body>
    </html>
  );
}

/** Nobody may take a demonstration for the real thing. */
function DemoBanner({ view: { say } }: { view: View }) {
  return (
    <aside class="demo" aria-label={say('components.page.demoLabel')}>
      {say('components.page.demo')}
    </aside>
  );
}

function Head({ view, area, title }: { view: View; area: Area; title: string }) {
  const staff = area !== 'portal';
  const sheet = stylesheet(staff ? 'staff' : 'portal');
  return (
    <head>
      <meta charset="utf-8" />
      <title>{title}</title>
      <meta name="viewport" content="width=device-width,initial-scale=1" />
      <meta name="theme-color" content="#0B4FA8" />
      <meta name="format-detection" content="telephone=no" />
      <link rel="icon" href="/assets/icon.svg" type="image/svg+xml" />
      {view.firstView ? <style>{sheet.css}</style> : <link rel="stylesheet" href={sheet.href} />}
      {view.firstView && <link rel="prefetch" as="style" href={sheet.href} />}
      <script src={staff ? '/assets/desk.js' : '/assets/portal.js'} defer />
    </head>
  );
}
