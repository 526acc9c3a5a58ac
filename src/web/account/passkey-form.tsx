import { Button, ButtonRow } from '../components/button/button.tsx';
import { Csrf } from '../components/csrf/csrf.tsx';
import { Notice } from '../components/notice/notice.tsx';
import type { View } from '../view.ts';

type PasskeyFormProps = {
  view: View;
  act: 'make' | 'use';
  action: string;
  /** What the browser is asked, as JSON. */
  options: string;
  label: string;
  next?: string;
};

/** Hidden until the script of passkeys finds a browser that knows them. */
export function PasskeyForm({ view, act, action, options, label, next }: PasskeyFormProps) {
  return (
    <>
      <form method="post" action={action} data-passkey={act} data-options={options} hidden>
        <Csrf view={view} />
        <input type="hidden" name="answer" value="" />
        {next !== undefined && <input type="hidden" name="next" value={next} />}
        <div data-failed hidden>
          <Notice kind="warn" live>
            <p>{view.say('account.passkey.failed')}</p>
          </Notice>
        </div>
        <ButtonRow>
          <Button icon="fingerprint">{label}</Button>
        </ButtonRow>
      </form>
      <script src="/assets/passkey.js" defer />
    </>
  );
}
