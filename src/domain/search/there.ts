/** An element of a list that is there because of how the place was come by: the type system cannot see that. */
export function there<T>(element: T | undefined): T {
  return element as T;
}
