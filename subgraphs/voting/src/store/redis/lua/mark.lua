-- Notes in an index that a session may soon have something for it. KEYS: index. ARGV: session id. Returns the time, in ms.
local now = redis.call('TIME')
local ms = now[1] * 1000 + math.floor(now[2] / 1000)
redis.call('ZADD', KEYS[1], ms, ARGV[1])
return ms
