-- Leases one field of Jira to one write-back. KEYS: lease. ARGV: holder, now, until, when the holder's next attempt is due (ms).
-- Returns 1; 2 when it is the holder's lease that goes on; 0 while another lease runs, or an attempt of the holder.
local held = redis.call('HMGET', KEYS[1], 'holder', 'until', 'at')
local granted = 1
if held[2] and tonumber(held[2]) > tonumber(ARGV[2]) then
  -- It was put off since it was leased: that attempt has ended, and its own value may follow at once.
  if held[1] ~= ARGV[1] or tonumber(ARGV[4]) <= tonumber(held[3] or held[2]) then return 0 end
  granted = 2
end
redis.call('HSET', KEYS[1], 'holder', ARGV[1], 'at', ARGV[2], 'until', ARGV[3])
-- A day more, for clocks that differ: what is over is over by 'until'.
redis.call('PEXPIREAT', KEYS[1], tonumber(ARGV[3]) + 86400000)
return granted
