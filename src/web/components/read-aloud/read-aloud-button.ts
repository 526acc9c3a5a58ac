/** Shows the read-aloud button where the browser can speak, and reads the main part in the page's language. */
export function readAloudButton(): void {
  const button = document.querySelector<HTMLButtonElement>('[data-read-aloud]');
  const words = button?.querySelector('span');
  if (!button || !words || !('speechSynthesis' in window)) return;
  const start = words.textContent ?? '';
  const show = (reading: boolean) => {
    words.textContent = reading ? (button.dataset.stop ?? start) : start;
    button.setAttribute('aria-pressed', String(reading));
  };
  button.hidden = false;
  button.addEventListener('click', () => {
    const reading = speechSynthesis.speaking;
    speechSynthesis.cancel();
    show(!reading);
    if (!reading) speak(() => show(false));
  });
  addEventListener('pagehide', () => speechSynthesis.cancel());
}

/** Sentence by sentence: several browsers stop in the middle of a long text. */
function speak(done: () => void): void {
  const sentences = (document.querySelector('main')?.innerText ?? '')
    .split(/(?<=[。！？；.!?])|\n+/)
    .filter((text) => text.trim());
  for (const [at, text] of sentences.entries()) {
    const said = new SpeechSynthesisUtterance(text);
    said.lang = document.documentElement.lang;
    said.rate = 0.9;
    if (at === sentences.length - 1) said.onend = done;
    speechSynthesis.speak(said);
  }
  if (sentences.length === 0) done();
}
