-- Deletes a session whole, unless it has changed. KEYS: session, then all others of it. ARGV: the revision that it must be at. Returns 1, or 0.
if redis.call('HGET', KEYS[1], 'revision') ~= ARGV[1] then return 0 end
for _, key in ipairs(KEYS) do redis.call('DEL', key) end
return 1
