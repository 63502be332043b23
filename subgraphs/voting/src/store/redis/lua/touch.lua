-- Notes a participant's sign of life. KEYS: participants, presence. ARGV: session id, participant id, time, how long makes one away (ms).
-- A row is 'since seen'. An older sign than the last, or one of nobody, changes nothing. Publishes when somebody comes.
local presence, sessionId, id = KEYS[2], ARGV[1], ARGV[2]
local at, away = tonumber(ARGV[3]), tonumber(ARGV[4])
if redis.call('HEXISTS', KEYS[1], id) == 0 then return 0 end
local since, seen = string.match(redis.call('HGET', presence, id) or '', '^(%d+) (%d+)$')
if seen and tonumber(seen) >= at then return 0 end
local isBack = not seen or at - tonumber(seen) >= away
redis.call('HSET', presence, id, (isBack and ARGV[3] or since) .. ' ' .. ARGV[3])
if isBack then redis.call('PUBLISH', 'tally_session', sessionId) end
return 1
