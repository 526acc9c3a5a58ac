import { Icon } from '../icon/icon.tsx';

export type PanelProps = {
  title: string;
  /** What the number is: 办件编号. */
  label?: string;
  /** The number people quote. */
  reference?: string;
  note?: string;
};

/** It worked: the title of a confirmation page and the number to keep. */
export function Panel({ title, label, reference, note }: PanelProps) {
  return (
    <div class="panel">
      <Icon name="circle-check" large />
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
