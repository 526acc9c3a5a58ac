import { Button } from '../components/button/button.tsx';
import { Field } from '../components/field/field.tsx';
import { Details } from '../components/why/why.tsx';
import { only } from './look.ts';
import type { Watch } from './watch-page.tsx';

/** Free choice of days, as a plain form that leads to an address one can keep. */
export function DatesForm({ watch, path, more = {} }: { watch: Watch; path: string; more?: Record<string, string> }) {
  const { view, look, asked } = watch;
  const { say } = view;
  const wrong = asked?.wrong ?? {};
  const shown = look.period === 'dates' ? look.dates : asked?.typed;
  const kept = Object.entries({ ...more, ...only(look) });
  return (
    <Details summary={say('watch.dates.title')} open={look.period === 'dates' || Object.keys(wrong).length > 0}>
      <form class="dates-form" method="get" action={path} noValidate>
        {kept.map(([name, value]) => (
          <input type="hidden" name={name} value={value} />
        ))}
        {(['from', 'to'] as const).map((name) => (
          <Field
            view={view}
            name={name}
            label={say(`watch.dates.${name}`)}
            hint={say('watch.dates.hint')}
            value={shown?.[name]}
            error={wrong[name]}
            inputMode="numeric"
            width="short"
            maxLength={20}
          />
        ))}
        <Button kind="secondary">{say('watch.dates.look')}</Button>
      </form>
    </Details>
  );
}
