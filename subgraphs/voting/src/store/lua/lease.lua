-- Leases one field of Jira to one write-back. KEYS: lease. ARGV: holder, now, until (ms). Returns 1, or 0 while another lease runs.
local until_ = redis.call('HGET', KEYS[1], 'until')
if until_ and tonumber(until_) > tonumber(ARGV[2]) then return 0 end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'until', ARGV[3])
return 1
