import { Component } from 'react';
import type { ReactNode } from 'react';
import { kiosk } from '../bridge/kiosk.ts';

interface Props {
  readonly children: ReactNode;
  /** Ends the visit; the page that broke is replaced by the one that says so. */
  readonly onFault: () => void;
}

/**
 * A page that cannot be drawn must not leave a person's data or a dead screen behind. Nothing of the error travels on: it
 * could quote what the person typed.
 */
export class RenderFaultBoundary extends Component<Props, { readonly broken: boolean }> {
  override state = { broken: false };

  static getDerivedStateFromError(): { broken: boolean } {
    return { broken: true };
  }

  override componentDidCatch(): void {
    void kiosk.system.reportFault({ code: 'render-failed' });
    this.props.onFault();
    this.setState({ broken: false });
  }

  override render(): ReactNode {
    return this.state.broken ? null : this.props.children;
  }
}
