import type { View } from '../../view.ts';
import { Csrf } from '../csrf/csrf.tsx';
import { Icon } from '../icon/icon.tsx';

/** On a machine that others use next: which one it is, and the way to leave nothing behind. */
export function DeviceBar({ view }: { view: View }) {
  const { say, device, actor } = view;
  if (!device) return null;
  return (
    <aside class="device-bar" aria-label={say(`device.kinds.${device.kind}`)}>
      <span>
        {say(`device.kinds.${device.kind}`)} · {device.name}
      </span>
      {actor.kind === 'guest' ? (
        <a class="button button-secondary" href="/device/start">
          {say('device.anew')}
        </a>
      ) : (
        <form method="post" action="/sign-out">
          <Csrf view={view} />
          <button class="button button-secondary" type="submit">
            <Icon name="log-out" />
            <span>{say('device.finish')}</span>
          </button>
        </form>
      )}
    </aside>
  );
}
