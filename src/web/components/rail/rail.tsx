import { Icon } from '../icon/icon.tsx';

export type RailItem = {
  label: string;
  href: string;
  icon: string;
  count?: number;
  current?: boolean;
  tone?: 'soon' | 'late';
};
export type RailGroup = { label?: string; items: RailItem[] };

/** The left rail of the desk and of the watch: places to work, with counts. */
export function Rail({ label, groups }: { label: string; groups: RailGroup[] }) {
  return (
    <nav class="rail" aria-label={label}>
      {groups.map((group) => (
        <div class="rail-group">
          {group.label && <p class="rail-label">{group.label}</p>}
          <ul>
            {group.items.map((item) => (
              <RailLine item={item} />
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function RailLine({ item }: { item: RailItem }) {
  return (
    <li>
      <a class="rail-item" href={item.href} aria-current={item.current ? 'page' : undefined}>
        <Icon name={item.icon} />
        <span class="rail-name">{item.label}</span>
        {item.count !== undefined && <span class={item.tone ? `count count-${item.tone}` : 'count'}>{item.count}</span>}
      </a>
    </li>
  );
}
