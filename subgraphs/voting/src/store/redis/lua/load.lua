-- All of a session but votes and events, of one moment.
-- KEYS: session, participants, items, rounds, estimates. ARGV: session id, structure of the state that is known already ('': none).
-- Returns the revision alone when the structure is the known one; else data, revision, structure, then the rows of each list; or nil.
local data = redis.call('HGET', KEYS[1], 'data')
if not data then return nil end
if redis.call('HGET', KEYS[1], 'structure') == ARGV[2] then return redis.call('HGET', KEYS[1], 'revision') end
local state = { data, redis.call('HGET', KEYS[1], 'revision'), redis.call('HGET', KEYS[1], 'structure') }
for i = 2, 5 do state[#state + 1] = redis.call('HVALS', KEYS[i]) end
return state
