/** Presses the button that shows a key (`data-key`). While somebody types it needs Alt, so that letters stay letters. */
export function shortcuts(): void {
  document.addEventListener('keydown', (event) => {
    if (event.ctrlKey || event.metaKey || event.isComposing || event.repeat) return;
    if (isTyping(event.target) && !event.altKey) return;
    // With Alt some systems change `key` to another sign; `code` still names the key itself.
    const key = event.altKey ? event.code.replace(/^(Key|Digit)/, '').toLowerCase() : event.key.toLowerCase();
    const control = key && document.querySelector<HTMLElement>(`[data-key="${CSS.escape(key)}"]:not([aria-disabled])`);
    if (!control) return;
    event.preventDefault();
    control.click();
  });
}

function isTyping(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement && target.matches('input:not([type=radio]):not([type=checkbox]), textarea, select')
  );
}
