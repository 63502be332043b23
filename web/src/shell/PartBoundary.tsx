import { Component, type ReactNode } from 'react';
import { Button } from '../design/Button.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { useText } from '../text/text.ts';

interface PartBoundaryProps {
  readonly children: ReactNode;
  /** What stands there instead. */
  readonly fallback: ReactNode;
}

/** Keeps a part that cannot be loaded or drawn from taking the whole page down with it. */
export class PartBoundary extends Component<PartBoundaryProps, { readonly hasFailed: boolean }> {
  override readonly state = { hasFailed: false };

  static getDerivedStateFromError(): { readonly hasFailed: boolean } {
    return { hasFailed: true };
  }

  override render(): ReactNode {
    return this.state.hasFailed ? this.props.fallback : this.props.children;
  }
}

/** Says that a part is missing, and offers the remedy: one's place in the session outlasts a reload. */
export function MissingPart() {
  const text = useText();
  return (
    <Stack>
      <Note tone="bad">{text('part.missing')}</Note>
      <Row>
        <Button look="primary" onClick={() => location.reload()}>
          {text('part.reload')}
        </Button>
      </Row>
    </Stack>
  );
}
