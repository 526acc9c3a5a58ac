/** An address down to the building, for comparing homes. Pure. */

/** Province, city and county say nothing within one county, and are often left out; 社区 and 小区 are no county. */
const above = /^(?:[^省]{2,3}省)?(?:[^市]{2,3}市)?(?:[^县区]{2,3}(?:县|(?<![社小])区))?/;
const building = /^.{0,60}?\d{1,5}(?:号楼|栋|幢)/;
const house = /^.{0,60}?\d{1,5}号/;

/**
 * What stays of an address down to its building or house: without spaces and signs, the places above the township, and the
 * flat. Undefined when it names no building. Two that are the same house written in other words are not found.
 */
export function buildingOf(address: string): string | undefined {
  const plain = address
    .slice(0, 200)
    .normalize('NFKC')
    .replace(/[\s,，。.·、-]/g, '')
    .replace(above, '');
  return (building.exec(plain) ?? house.exec(plain))?.[0];
}
