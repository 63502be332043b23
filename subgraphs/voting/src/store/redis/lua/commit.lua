-- Applies one change to one session, or nothing.
-- KEYS: session, voters, participants, items, rounds, estimates, requests, events, then the votes of each round that loses some.
-- ARGV: the plan, as JSON:
--   sessionId
--   structure    the session's, on which the change was decided; 0: there must be no such session
--   revision     the client's fence, if any
--   notAfter     until when (ms) the indexes that were written beforehand are sure to be kept, if any were
--   session      { data, openRoundId, voters }, if it changes
--   put          list → { field, row, field, row … }
--   removed      ids of items
--   withdrawn    { a vote's field, or the prefix of several up to its '/', for each of the last KEYS }
--   request      { field, value, hash }, if any
--   event        as JSON
--   delta        what it changes, as JSON
-- Returns the new revision, or 'replayed', 'reused', 'outdated', 'late'.
local session, voters, requests, events = KEYS[1], KEYS[2], KEYS[7], KEYS[8]
local lists = { participants = KEYS[3], items = KEYS[4], rounds = KEYS[5], estimates = KEYS[6] }
local firstVotes = 9
local plan = cjson.decode(ARGV[1])

if plan.request then
  local seen = redis.call('HGET', requests, plan.request.field)
  if seen then
    return string.match(seen, '^%d+ (%S+)') == plan.request.hash and 'replayed' or 'reused'
  end
end
if tonumber(redis.call('HGET', session, 'structure') or 0) ~= plan.structure then return 'outdated' end
if plan.revision and tonumber(redis.call('HGET', session, 'revision')) ~= plan.revision then return 'outdated' end
if plan.notAfter then
  local now = redis.call('TIME')
  if now[1] * 1000 + now[2] / 1000 > plan.notAfter then return 'late' end
end

if plan.session then
  redis.call('HSET', session, 'data', plan.session.data, 'openRoundId', plan.session.openRoundId)
  redis.call('DEL', voters)
  for _, voter in ipairs(plan.session.voters) do redis.call('SADD', voters, voter) end
end
for list, rows in pairs(plan.put) do
  for i = 1, #rows, 2 do redis.call('HSET', lists[list], rows[i], rows[i + 1]) end
end
for _, id in ipairs(plan.removed) do redis.call('HDEL', lists.items, id) end
for i, prefix in ipairs(plan.withdrawn) do
  local votes = KEYS[firstVotes + i - 1]
  for _, field in ipairs(redis.call('HKEYS', votes)) do
    if field == prefix or (string.sub(prefix, -1) == '/' and string.sub(field, 1, #prefix) == prefix) then redis.call('HDEL', votes, field) end
  end
end

if plan.request then redis.call('HSET', requests, plan.request.field, plan.request.value) end
redis.call('HINCRBY', session, 'structure', 1)
local revision = redis.call('HINCRBY', session, 'revision', 1)
redis.call('XADD', events, revision .. '-0', 'event', plan.event, 'delta', plan.delta)
redis.call('PUBLISH', 'tally_session', plan.sessionId)
return revision
