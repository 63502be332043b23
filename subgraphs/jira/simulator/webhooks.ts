import { createHmac, randomUUID } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';

export interface Webhook {
  readonly url: string;
  readonly secret: string;
}

export interface WebhookSender {
  readonly register: (webhook: Webhook) => void;
  /** Sends in the background, signed as Jira does; up to five times with one identifier until it is taken. */
  readonly send: (body: Readonly<Record<string, unknown>>) => void;
}

/** Knows no webhook to begin with. */
export function createWebhookSender(): WebhookSender {
  const webhooks: Webhook[] = [];
  return {
    register: (webhook) => {
      webhooks.push(webhook);
    },
    send: (body) => {
      for (const webhook of webhooks) void deliver(webhook, JSON.stringify(body));
    },
  };
}

async function deliver({ url, secret }: Webhook, body: string): Promise<void> {
  const signature = createHmac('sha256', secret).update(body).digest('hex');
  const identifier = randomUUID();
  for (let retry = 0; retry < 5; retry++) {
    try {
      const headers = {
        'content-type': 'application/json',
        'x-hub-signature': `sha256=${signature}`,
        'x-atlassian-webhook-identifier': identifier,
        'x-atlassian-webhook-retry': String(retry),
        'x-atlassian-webhook-flow': 'Primary',
      };
      const response = await fetch(url, { method: 'POST', headers, body, signal: AbortSignal.timeout(5_000) });
      if (response.ok) return;
    } catch {
      // Tried again below, as Jira does.
    }
    await wait(200 * 2 ** retry, undefined, { ref: false });
  }
}
