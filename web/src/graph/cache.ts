import type { TypePolicies } from '@apollo/client';

/** How the cache tells things apart: an issue by its key; a track's id means something only within its session. */
export const cachePolicies: TypePolicies = {
  Issue: { keyFields: ['key'] },
  Track: { keyFields: false },
  Session: { fields: { settings: { merge: true } } },
};
