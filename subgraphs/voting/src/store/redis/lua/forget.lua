-- Forgets requests of before a time. KEYS: requests. ARGV: the time, in ms.
local all = redis.call('HGETALL', KEYS[1])
for i = 1, #all, 2 do
  if tonumber(string.match(all[i + 1], '^(%d+) ')) < tonumber(ARGV[1]) then redis.call('HDEL', KEYS[1], all[i]) end
end
