import type { View } from '../../view.ts';
import { PersonHelp } from '../person-help/person-help.tsx';
import { ReadAloud } from '../read-aloud/read-aloud.tsx';

/** Help from a person first, then the small print. */
export function Footer({ view }: { view: View }) {
  const { say } = view;
  return (
    <footer class="footer">
      <div class="wide footer-row">
        <PersonHelp view={view} id="footer-help" />
        <div class="footer-links">
          <ul>
            <li>
              <a href="/help">{say('components.footer.help')}</a>
            </li>
            <li>
              <a href="/accessibility">{say('components.footer.accessibility')}</a>
            </li>
            <li>
              <ReadAloud view={view} />
            </li>
          </ul>
          <p class="quiet">{say('components.footer.about', { county: view.county[view.lang] })}</p>
        </div>
      </div>
    </footer>
  );
}
