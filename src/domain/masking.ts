import type { MaskedPerson } from './identity.ts';
import type { PrefillSource } from './item.ts';
import { assertNever } from './result.ts';

/** Two-character family names (复姓) still common, after the 2020 name report of the Ministry of Public Security and 百家姓. */
const compoundSurnames = new Set(
  (
    '欧阳 上官 司马 司徒 司空 诸葛 夏侯 皇甫 尉迟 公孙 慕容 令狐 长孙 宇文 轩辕 东方 南宫 独孤 端木 百里 ' +
    '东郭 西门 呼延 申屠 太史 澹台 公冶 宗政 濮阳 淳于 单于 仲孙 钟离 闻人 赫连 万俟 鲜于 闾丘 拓跋 第五 ' +
    '欧陽 司馬 諸葛 長孫 東方 獨孤 軒轅 尉遲'
  ).split(' '),
);

const separator = /[\s·•.,'’-]/u;

/**
 * Family name and one `*` for each further character: 张三 to 张*, 欧阳修 to 欧阳*. Names in letters or with dots keep
 * their first character and their separators. A name of one character is hidden, so that no mask shows a whole name.
 */
export function maskName(name: string): string {
  const characters = Array.from(name.trim());
  const surname = characters.slice(0, 2).join('');
  const compound = characters.length > 2 && compoundSurnames.has(surname);
  const shown = characters.length < 2 ? 0 : compound ? 2 : 1;
  return characters.map((one, index) => (index < shown || separator.test(one) ? one : '*')).join('');
}

/** The last four characters of a number long enough to stay unknown by them, else four stars. */
export function idLast4(idNumber: string): string {
  return idNumber.length >= 8 ? idNumber.slice(-4) : '****';
}

/** Stars, and the last four characters: the length stays, so that the kind of number can be recognised. */
export function maskId(idNumber: string): string {
  return '*'.repeat(Math.max(0, idNumber.length - 4)) + idLast4(idNumber).slice(-idNumber.length);
}

/** 13800001234 to 138****1234; other numbers keep their last two digits only. */
export function maskPhone(phone: string): string {
  const digits = phone.replaceAll(/\D/g, '');
  if (/^1\d{10}$/.test(digits)) return `${digits.slice(0, 3)}****${digits.slice(-4)}`;
  return '*'.repeat(Math.max(4, digits.length - 2)) + (digits.length >= 7 ? digits.slice(-2) : '');
}

/** Down to county or district at most, and never more than half; the hidden part always shows as four stars. */
export function maskAddress(address: string): string {
  const characters = Array.from(address.trim());
  const region = /^.+?(?:省|自治区|市)?.+?(?:自治州|市|盟|区|县|旗)/u.exec(characters.join(''))?.[0] ?? '';
  const shown = Math.min(Array.from(region).length, Math.floor(characters.length / 2));
  return `${characters.slice(0, shown).join('')}****`;
}

/** How a value that came from the card is shown on a screen or on paper. */
export function maskCardValue(source: PrefillSource, value: string): string {
  switch (source) {
    case 'card.name':
      return maskName(value);
    case 'card.idNumber':
      return maskId(value);
    case 'card.birth':
      return `${value.slice(0, 4)}-**-**`;
    case 'card.address':
      return maskAddress(value);
    case 'card.sex':
    case 'card.nation':
      return value;
    default:
      return assertNever(source);
  }
}

/** All that a page or a receipt may know of the person. */
export function maskPerson(person: { name: string; idNumber: string }): MaskedPerson {
  return { name: maskName(person.name), idLast4: idLast4(person.idNumber) };
}
