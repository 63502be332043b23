-- Writes a session's log anew, without what its events changed. KEYS: events.
local events = redis.call('XRANGE', KEYS[1], '-', '+')
redis.call('DEL', KEYS[1])
for _, entry in ipairs(events) do redis.call('XADD', KEYS[1], entry[1], 'event', entry[2][2]) end
