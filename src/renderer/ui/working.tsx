/** Something is going on: a turning ring and words. */
export function Working({ text, compact = false }: { readonly text: string; readonly compact?: boolean }) {
  return (
    <div className="working" role="status" data-compact={compact || undefined}>
      <span className="working-ring" aria-hidden="true" />
      <span className="working-text">{text}</span>
    </div>
  );
}
