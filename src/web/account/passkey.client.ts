/**
 * Passkeys need a script: the browser asks the key, and the answer goes back with a plain form. Where browser or
 * script are missing, the form stays hidden and the other ways remain.
 */
for (const form of document.querySelectorAll<HTMLFormElement>('form[data-passkey]')) {
  if (!window.PublicKeyCredential?.parseRequestOptionsFromJSON) break;
  form.hidden = false;
  for (const without of document.querySelectorAll<HTMLElement>('[data-without-passkey]')) without.hidden = true;
  form.addEventListener('submit', (event) => {
    const answer = form.elements.namedItem('answer') as HTMLInputElement;
    if (answer.value) return;
    event.preventDefault();
    // Other scripts of the page must not take this for a form that was sent.
    event.stopImmediatePropagation();
    askKey(form.dataset.passkey ?? '', JSON.parse(form.dataset.options ?? '{}')).then(
      (made) => {
        answer.value = made;
        form.requestSubmit();
      },
      () => {
        for (const failed of form.querySelectorAll<HTMLElement>('[data-failed]')) failed.hidden = false;
      },
    );
  });
}

type Options = PublicKeyCredentialCreationOptionsJSON & PublicKeyCredentialRequestOptionsJSON;

async function askKey(act: string, options: Options): Promise<string> {
  const credential =
    act === 'make'
      ? await navigator.credentials.create({ publicKey: PublicKeyCredential.parseCreationOptionsFromJSON(options) })
      : await navigator.credentials.get({ publicKey: PublicKeyCredential.parseRequestOptionsFromJSON(options) });
  return JSON.stringify(credential);
}
