import { createClient } from '@redis/client';
import { createOptionalDependency } from '../../../../kit/process/optional-dependency.ts';
import { toRedisSocket } from '../../../../kit/process/storage-tls.ts';
import type { Tls } from '../../../../kit/process/tls.ts';
import type { IssueEvents } from './issue-events.ts';

export interface RedisEventsOptions {
  readonly url: string;
  readonly tls?: Tls | undefined;
  /** Replicas of one installation share it. */
  readonly channel: string;
  readonly onError: (error: unknown) => void;
}

const deadlineMs = 250;

/** By Redis publish and subscribe: news that are sent while a replica is cut off are lost to it. */
export function createRedisEvents({ url, tls, channel, onError }: RedisEventsOptions): IssueEvents {
  const options = { url, disableOfflineQueue: true, socket: { connectTimeout: 2_000, ...toRedisSocket(url, tls) } };
  const publisher = createClient(options).on('error', onError);
  const subscriber = createClient(options).on('error', onError);
  const dependency = createOptionalDependency({
    name: 'issue-events',
    deadlineMs,
    consequence: 'Redis does not answer: other replicas may show issues as they were',
    onAway: onError,
  });
  // Connecting goes on in the background for as long as it takes: a Redis that is down must not keep us from starting.
  publisher.connect().catch(onError);
  return {
    publish: async (keys) => {
      await dependency.ask(() => publisher.publish(channel, JSON.stringify(keys)));
    },
    listen: async (listener, missed) => {
      let wasReady = false;
      subscriber.on('ready', () => {
        if (wasReady) missed();
        wasReady = true;
      });
      subscriber
        .connect()
        .then(() => subscriber.subscribe(channel, (message) => listener(toKeys(message))))
        .catch(onError);
    },
    stop: async () => {
      for (const client of [publisher, subscriber]) if (client.isOpen) client.destroy();
    },
  };
}

function toKeys(message: string): readonly string[] {
  try {
    const keys: unknown = JSON.parse(message);
    return Array.isArray(keys) ? keys.filter((key) => typeof key === 'string') : [];
  } catch {
    // Somebody else's message on our channel.
    return [];
  }
}
