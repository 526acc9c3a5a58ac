/** Somebody's browser at a provider, as far as a sign-in needs one: it keeps cookies and stops where it is sent back. */
export function userAgent() {
  const cookies = new Map<string, string>();

  /** Goes through the provider's page as `account` (nobody: changes their mind); gives the address it is sent back to. */
  return async function through(address: string, account: string, home: string): Promise<URL> {
    let url = new URL(address);
    let form: URLSearchParams | undefined;
    for (let step = 0; step < 10; step++) {
      if (url.href.startsWith(home)) return url;
      const response = await fetch(url, {
        method: form ? 'POST' : 'GET',
        body: form,
        redirect: 'manual',
        headers: { cookie: [...cookies].map((pair) => pair.join('=')).join('; ') },
      });
      for (const line of response.headers.getSetCookie()) {
        const [name = '', value = ''] = (line.split(';')[0] ?? '').split(/=(.*)/s);
        cookies.set(name, value);
      }
      const next = response.headers.get('location');
      form = next ? undefined : new URLSearchParams({ account });
      if (next) url = new URL(next, url);
      else if (response.status !== 200)
        throw new Error(`the provider answers ${response.status}: ${await response.text()}`);
    }
    throw new Error(`the provider leads in circles: ${url.pathname}`);
  };
}
