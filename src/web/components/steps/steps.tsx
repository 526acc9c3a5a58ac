import type { View } from '../../view.ts';

/** Progress in words: 第 3 步，共 7 步. */
export function Steps({ view, at, of, section }: { view: View; at: number; of: number; section?: string }) {
  return (
    <p class="steps">
      {view.say('components.steps', { at, of })}
      {section && <> · {section}</>}
    </p>
  );
}
