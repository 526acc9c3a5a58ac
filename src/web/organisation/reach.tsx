import type { Item } from '../../catalog/door.ts';
import { Checkboxes } from '../components/checkboxes/checkboxes.tsx';
import { Field } from '../components/field/field.tsx';
import type { Wrong } from '../forms.ts';
import type { View } from '../view.ts';

type ReachProps = { view: View; items: Item[]; chosen: string[]; until: string; wrong: Wrong };

/** What a power is for and until when. */
export function ReachFields({ view, items, chosen, until, wrong }: ReachProps) {
  const { say, lang } = view;
  // What a power names stays there to be ticked when the item has gone: without it none were, and none means all.
  const gone = chosen.filter((id) => !items.some((item) => item.id === id));
  return (
    <>
      <Checkboxes
        view={view}
        name="items"
        label={say('organisation.give.items')}
        hint={say('organisation.give.itemsHint')}
        optional
        values={chosen}
        options={[
          ...items.map(({ id, plain }) => ({ value: id, label: plain[lang] })),
          ...gone.map((id) => ({ value: id, label: say('organisation.give.gone', { id }) })),
        ]}
        error={wrong.items}
      />
      <Field
        view={view}
        name="until"
        label={say('organisation.give.until')}
        hint={say('organisation.give.untilHint')}
        optional
        value={until}
        width="short"
        error={wrong.until}
      />
    </>
  );
}
