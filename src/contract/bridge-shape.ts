import { getEventIteratorSchemaDetails, isContractProcedure } from '@orpc/contract';

/** What a bridge has to know of a contract: its names, and which entries yield a stream. */
export type Shape = 'call' | 'watch' | { readonly [name: string]: Shape };

/** The shape of one particular contract. */
export type ShapeOf<R extends object> = Shape & { readonly contract?: R };

/**
 * Taken when the application is built, so that the preload script need not carry the schemas with it: reading and making
 * them is a third of what a page does before its first frame.
 */
export function shapeOf<R extends object>(contract: R): ShapeOf<R> {
  const walk = (node: object): Shape => {
    if (isContractProcedure(node))
      return getEventIteratorSchemaDetails(node['~orpc'].outputSchema) === undefined ? 'call' : 'watch';
    return Object.fromEntries(Object.entries(node).map(([name, child]) => [name, walk(child)]));
  };
  return walk(contract);
}
