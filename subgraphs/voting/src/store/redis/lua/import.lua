-- Puts a whole session in place. KEYS: session, voters, participants, items, rounds, estimates, requests, events, then the votes of each round.
-- ARGV: as JSON { data, openRoundId, voters, revision, structure, put, requests, events, votes }, rows as in commit.lua.
-- Returns 1, or 0 when there is one already.
if redis.call('EXISTS', KEYS[1]) == 1 then return 0 end
local plan = cjson.decode(ARGV[1])
local function put(key, rows)
  for i = 1, #rows, 2 do redis.call('HSET', key, rows[i], rows[i + 1]) end
end
redis.call('HSET', KEYS[1], 'data', plan.data, 'openRoundId', plan.openRoundId, 'revision', plan.revision, 'structure', plan.structure)
for _, voter in ipairs(plan.voters) do redis.call('SADD', KEYS[2], voter) end
put(KEYS[3], plan.put.participants)
put(KEYS[4], plan.put.items)
put(KEYS[5], plan.put.rounds)
put(KEYS[6], plan.put.estimates)
put(KEYS[7], plan.requests)
for i = 1, #plan.events, 2 do redis.call('XADD', KEYS[8], plan.events[i] .. '-0', 'event', plan.events[i + 1]) end
for i, rows in ipairs(plan.votes) do put(KEYS[8 + i], rows) end
return 1
