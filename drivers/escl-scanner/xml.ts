import { XML_MOST_BYTES, XML_MOST_LEVELS } from './limits.ts';

/** An element under its local name: the prefixes that devices use for the two namespaces vary. Attributes are dropped. */
export interface XmlElement {
  readonly name: string;
  readonly text: string;
  readonly children: readonly XmlElement[];
}

/** The root element of a document; undefined for what is none, is not well formed, is too large or too deep. */
export type ReadXml = (bytes: Uint8Array) => XmlElement | undefined;

/**
 * Loads the XML parser, which only a kiosk with such a scanner needs. Entities are left as they stand and a document type
 * is refused before it is parsed: neither has a place in eSCL, both are ways to make a parser grow or reach out.
 */
export async function loadXml(): Promise<ReadXml> {
  const { XMLParser } = await import('fast-xml-parser');
  const parser = new XMLParser({
    ignoreAttributes: true,
    ignoreDeclaration: true,
    ignorePiTags: true,
    maxNestedTags: XML_MOST_LEVELS,
    parseTagValue: false,
    processEntities: false,
    removeNSPrefix: true,
  });
  return (bytes) => {
    if (bytes.length > XML_MOST_BYTES) return undefined;
    const text = new TextDecoder().decode(bytes);
    if (/<!(?:DOCTYPE|ENTITY)/iu.test(text)) return undefined;
    try {
      const parsed: unknown = parser.parse(text, true);
      const [root, ...others] = elementsOf(parsed);
      return others.length === 0 ? root : undefined;
    } catch {
      // Not well formed, or with a name that is dangerous as a key: no answer of a scanner.
      return undefined;
    }
  };
}

/** The parser gives text, a record of children, or a list of either for a name that comes more than once. */
function elementsOf(value: unknown): XmlElement[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, content]: [string, unknown]) => {
    const each: readonly unknown[] = Array.isArray(content) ? content : [content];
    return name === '#text' ? [] : each.map((one) => elementOf(name, one));
  });
}

const elementOf = (name: string, content: unknown): XmlElement => ({
  name,
  text: typeof content === 'string' ? content : '',
  children: elementsOf(content),
});
