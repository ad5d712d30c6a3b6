import people from '../../drivers/sam-reader/people.json' with { type: 'json' };

/** A telephone number that the made-up people type; it has no owner and is easy to find. */
export const phone = '13900012345';

export type PersonName = keyof typeof people;

export const personNames = Object.keys(people) as PersonName[];

/**
 * Every form in which what must stay hidden of a person could stand somewhere: number, name, birth, address. Compare with
 * text from which white space was removed, since pages group the digits of a number.
 */
export function hiddenWords(name: PersonName): readonly string[] {
  const { idNumber, name: fullName, birth, ...rest } = people[name];
  const [year, month, day] = [birth.slice(0, 4), birth.slice(4, 6), birth.slice(6, 8)];
  const addresses = ['address' in rest ? rest.address : '', 'newestAddress' in rest ? rest.newestAddress : ''];
  return [
    idNumber,
    idNumber.slice(0, 14),
    fullName,
    birth,
    `${year}-${month}-${day}`,
    `${year}年${month}月${day}日`,
    ...addresses.map((address) => address.replaceAll(/\s/g, '')),
    // From the village or street on: what is above it says no more than the hall itself.
    ...addresses.map((address) => address.replaceAll(/\s/g, '').slice(-8)),
  ].filter((word) => word !== '');
}
