import type { View } from '../../view.ts';

/** Stands in every form that posts: proof that the form came from this session. */
export function Csrf({ view }: { view: View }) {
  return <input type="hidden" name="_csrf" value={view.csrf} />;
}
