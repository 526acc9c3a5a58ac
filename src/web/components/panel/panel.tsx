import { Icon } from '../icon/icon.tsx';

export type PanelProps = {
  title: string;
  /** What the number is: 办件编号. */
  label?: string;
  /** The number people quote. */
  reference?: string;
  note?: string;
  /** Something arrived, and it is nothing to be glad of. */
  calm?: boolean;
};

/** It worked: the title of a confirmation page and the number to keep. */
export function Panel({ title, label, reference, note, calm }: PanelProps) {
  return (
    <div class={calm ? 'panel panel-calm' : 'panel'}>
      <Icon name={calm ? 'mail-open' : 'circle-check'} large />
      <h1>{title}</h1>
      {reference && (
        <p class="panel-reference">
          {label}
          <strong>{reference}</strong>
        </p>
      )}
      {note && <p>{note}</p>}
    </div>
  );
}
