/** A second press while the first is under way does nothing. The button stays enabled, so its value is still sent. */
export function submitOnce(): void {
  const sent = new WeakSet<HTMLFormElement>();
  document.addEventListener('submit', (event) => {
    const form = event.target as HTMLFormElement;
    if (form.method !== 'post' || event.defaultPrevented) return;
    if (sent.has(form)) {
      event.preventDefault();
      return;
    }
    sent.add(form);
    event.submitter?.setAttribute('aria-disabled', 'true');
    // A slow network must never lock the form for good.
    setTimeout(() => release(sent, form), 10_000);
  });
  addEventListener('pageshow', (event) => {
    if (event.persisted) for (const form of document.forms) release(sent, form);
  });
}

function release(sent: WeakSet<HTMLFormElement>, form: HTMLFormElement): void {
  sent.delete(form);
  for (const control of form.elements) control.removeAttribute('aria-disabled');
}
