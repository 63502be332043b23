import { useState } from 'react';
import { Button } from '../design/Button.tsx';
import { Note, Row, Stack } from '../design/Panel.tsx';
import { useLaterText } from '../text/later.ts';

import type { SignIn } from './config.ts';

/** The way to the identity provider, with what it is for. */
export function SignInPanel({ config, lead }: { readonly config: SignIn; readonly lead: string }) {
  const text = useLaterText();
  const [state, setState] = useState<'idle' | 'leaving' | 'failed'>('idle');

  async function leave(): Promise<void> {
    setState('leaving');
    try {
      const { signIn } = await import('./oidc.ts');
      await signIn(config);
    } catch {
      setState('failed');
    }
  }

  return (
    <Stack>
      <p>{lead}</p>
      {state === 'failed' && <Note tone="bad">{text('error.IDENTITY_UNAVAILABLE')}</Note>}
      <Row>
        <Button look="primary" size="large" isDisabled={state === 'leaving'} onClick={() => void leave()}>
          {text('signIn')}
        </Button>
      </Row>
    </Stack>
  );
}
