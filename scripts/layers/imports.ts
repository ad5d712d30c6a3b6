import { parseSync } from 'vite';

/** One place where a module names another. `computed` means that the name is not written in the source. */
export type Import = { readonly name: string; readonly line: number; readonly computed: boolean };

/**
 * Everything a module pulls in: imports and re-exports (of types too), `import()`, types written as `import('…')`,
 * `require()`, and `import.meta.glob()`.
 *
 * @param path decides how the text is read (.ts, .tsx, .js, .mjs, .cjs)
 * @returns why the text cannot be read, when it cannot
 */
export function readImports(path: string, text: string): Import[] | string {
  const { program, errors } = parseSync(path, text);
  const [error] = errors;
  if (error !== undefined) return `cannot be read: ${error.message}`;
  const found: Import[] = [];
  const add = (source: Node, at: Node): void => {
    const name = literal(source);
    const line = text.slice(0, at.start).split('\n').length;
    found.push({ name: name ?? text.slice(source.start, source.end), line, computed: name === undefined });
  };
  walk(program, (node) => {
    const source = sourceOf(node);
    if (source !== undefined) add(source, node);
    for (const pattern of globPatterns(node)) add(pattern, node);
  });
  return found;
}

type Node = { readonly type: string; readonly start: number; readonly end: number };

function isNode(value: unknown): value is Node {
  return (
    typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string' && 'start' in value
  );
}

function walk(node: Node, visit: (node: Node) => void): void {
  visit(node);
  for (const value of Object.values(node)) {
    for (const part of Array.isArray(value) ? value : [value]) if (isNode(part)) walk(part, visit);
  }
}

const namingTypes = new Set([
  'ImportDeclaration',
  'ExportNamedDeclaration',
  'ExportAllDeclaration',
  'ImportExpression',
  'TSImportType',
  'TSExternalModuleReference',
]);

function sourceOf(node: Node): Node | undefined {
  if (namingTypes.has(node.type)) return child(node, 'source') ?? child(node, 'argument') ?? child(node, 'expression');
  if (node.type !== 'CallExpression' || Reflect.get(child(node, 'callee') ?? {}, 'name') !== 'require')
    return undefined;
  return callArguments(node)[0];
}

/** The patterns in `import.meta.glob(pattern or patterns)`, by which vite imports many files at once. */
function globPatterns(node: Node): readonly Node[] {
  const callee = node.type === 'CallExpression' ? child(node, 'callee') : undefined;
  if (callee === undefined || callee.type !== 'MemberExpression') return [];
  const isGlob =
    child(callee, 'object')?.type === 'MetaProperty' && Reflect.get(child(callee, 'property') ?? {}, 'name') === 'glob';
  const [patterns] = isGlob ? callArguments(node) : [];
  if (patterns?.type !== 'ArrayExpression') return patterns === undefined ? [] : [patterns];
  return nodes(Reflect.get(patterns, 'elements'));
}

function child(node: Node, name: string): Node | undefined {
  const value: unknown = Reflect.get(node, name);
  return isNode(value) ? value : undefined;
}

function callArguments(node: Node): readonly Node[] {
  return nodes(Reflect.get(node, 'arguments'));
}

function nodes(value: unknown): readonly Node[] {
  return Array.isArray(value) ? value.filter(isNode) : [];
}

function literal(node: Node): string | undefined {
  const value: unknown = Reflect.get(node.type === 'TSLiteralType' ? (child(node, 'literal') ?? {}) : node, 'value');
  return typeof value === 'string' ? value : undefined;
}
