/**
 * Enter that only picks a word of a Chinese input method must not send the form. Safari reports it after the
 * composition has ended, and then only the key code 229 tells.
 */
export function calmEnter(): void {
  document.addEventListener('keydown', (event) => {
    if (event.key === 'Enter' && (event.isComposing || event.keyCode === 229)) event.preventDefault();
  });
}
