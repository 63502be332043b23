-- All of a session but votes and events, of one moment.
-- KEYS: session, participants, items, rounds, estimates. Returns data, revision, structure, then the rows of each list; or nil.
local data = redis.call('HGET', KEYS[1], 'data')
if not data then return nil end
local state = { data, redis.call('HGET', KEYS[1], 'revision'), redis.call('HGET', KEYS[1], 'structure') }
for i = 2, 5 do state[#state + 1] = redis.call('HVALS', KEYS[i]) end
return state
