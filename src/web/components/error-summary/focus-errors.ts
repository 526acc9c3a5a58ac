/** Brings the reader to the error summary when the page opens with errors. */
export function focusErrors(): void {
  document.querySelector<HTMLElement>('[data-errors] h2')?.focus();
}
