/** On a narrow screen the places are one row to push sideways: the one the reader is at is brought into view. */
export function showCurrent(): void {
  const rail = document.querySelector<HTMLElement>('.rail');
  const current = rail?.querySelector<HTMLElement>('[aria-current]');
  if (!rail || !current) return;
  const [row, item] = [rail.getBoundingClientRect(), current.getBoundingClientRect()];
  rail.scrollLeft += item.left + item.width / 2 - (row.left + row.width / 2);
}
