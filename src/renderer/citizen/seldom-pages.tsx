import { lazy, Suspense } from 'react';
import type { StatusView } from '../../contract/visit-view.ts';
import { useVisit } from './visit-context.tsx';

const seldom = () => import('./seldom.ts');
const StaffArea = lazy(async () => ({ default: (await seldom()).StaffArea }));
const LeftItemPage = lazy(async () => ({ default: (await seldom()).LeftItemPage }));

export function StaffEntrance() {
  const { send } = useVisit();
  return (
    <Suspense fallback={<section data-page="loading" />}>
      <StaffArea onLeave={() => send({ kind: 'home' })} />
    </Suspense>
  );
}

export function LeftItem({ item }: { readonly item: NonNullable<StatusView['leftItem']> }) {
  return (
    <Suspense fallback={<section data-page="loading" />}>
      <LeftItemPage item={item} />
    </Suspense>
  );
}
