-- All of a session but votes and events, of one moment.
-- KEYS: session, participants, items, rounds, estimates, events.
-- ARGV: session id, structure and revision of the state that is known already ('': none), the most events that it may be behind.
-- Returns { 'since', revision, structure, events since } of a known state that is not far behind; else { data, revision, structure } and
-- the rows of each list; or nil.
local data, revision, structure = unpack(redis.call('HMGET', KEYS[1], 'data', 'revision', 'structure'))
if not data then return nil end
local known, after = tonumber(ARGV[2]), tonumber(ARGV[3])
if known and known <= tonumber(structure) and tonumber(revision) - after <= tonumber(ARGV[4]) then
  -- Without any but votes there is nothing to read.
  local events = {}
  if known < tonumber(structure) then events = redis.call('XRANGE', KEYS[6], '(' .. after .. '-0', '+') end
  return { 'since', revision, structure, events }
end
local state = { data, revision, structure }
for i = 2, 5 do state[#state + 1] = redis.call('HVALS', KEYS[i]) end
return state
