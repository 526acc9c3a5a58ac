/** The mark of the house: three ways that become one. */
export function Mark() {
  return (
    <svg class="mark" viewBox="0 0 40 40" fill="none" aria-hidden="true">
      <rect class="mark-ground" width="40" height="40" rx="8" />
      <g class="mark-lines" stroke-width="3.2" stroke-linecap="round" stroke-linejoin="round">
        <path d="M8 10h5c6 0 5 10 11 10h8" />
        <path d="M8 20h24" />
        <path d="M8 30h5c6 0 5-10 11-10" />
        <path d="M27.500 15l5 5-5 5" />
      </g>
    </svg>
  );
}
