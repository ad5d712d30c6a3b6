import type { ReactNode } from 'react';
import { Icon } from './icons.tsx';
import type { IconName } from './icons.tsx';

export type NoticeKind = 'info' | 'done' | 'warn' | 'error';
const icons: Readonly<Record<NoticeKind, IconName>> = {
  info: 'info',
  done: 'check-circle',
  warn: 'warn',
  error: 'error',
};

export interface NoticeProps {
  readonly kind: NoticeKind;
  readonly title?: string | undefined;
  readonly children?: ReactNode;
  readonly name?: string | undefined;
}

/** A message on the page: colour, icon and words say the same. Errors and warnings are announced at once. */
export function Notice({ kind, title, children, name }: NoticeProps) {
  return (
    <div
      className="notice"
      data-kind={kind}
      data-name={name}
      role={kind === 'error' || kind === 'warn' ? 'alert' : 'status'}
    >
      <Icon name={icons[kind]} />
      <div className="notice-words">
        {title !== undefined && <p className="notice-title">{title}</p>}
        {children !== undefined && <div className="notice-text">{children}</div>}
      </div>
    </div>
  );
}
