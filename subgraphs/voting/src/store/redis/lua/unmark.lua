-- Takes a session out of an index unless it was marked again meanwhile. KEYS: index. ARGV: session id, the mark that was seen.
if redis.call('ZSCORE', KEYS[1], ARGV[1]) == ARGV[2] then redis.call('ZREM', KEYS[1], ARGV[1]) end
