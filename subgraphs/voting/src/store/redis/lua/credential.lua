-- Puts a credential, if its session exists. KEYS: session, credentials.
-- ARGV: id, the hash that its secret must have now (empty: whatever there is), the row as JSON. Returns 1, or 0.
if redis.call('EXISTS', KEYS[1]) == 0 then return 0 end
if ARGV[2] ~= '' then
  local row = redis.call('HGET', KEYS[2], ARGV[1])
  if not row or cjson.decode(row).secretHash ~= ARGV[2] then return 0 end
end
redis.call('HSET', KEYS[2], ARGV[1], ARGV[3])
return 1
