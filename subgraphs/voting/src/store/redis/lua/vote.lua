-- A vote, or its retraction, with its event, behind the session's gate.
-- KEYS: session, voters, the round's votes, events, requests.
-- ARGV: session id, round id, participant id, field of the vote, its row ('' retracts), event, structure ('': any), how many revisions to look through,
-- then of the request, if any: field, value, hash.
-- Returns the new revision, or 'replayed', 'reused', 'closed'.
local session, voters, votes, events, requests = KEYS[1], KEYS[2], KEYS[3], KEYS[4], KEYS[5]
local sessionId, roundId, participantId, field, row, event = ARGV[1], ARGV[2], ARGV[3], ARGV[4], ARGV[5], ARGV[6]
local structure, looked, request, value, hash = ARGV[7], ARGV[8], ARGV[9], ARGV[10], ARGV[11]

if request then
  local seen = redis.call('HGET', requests, request)
  if seen then return string.match(seen, '^%d+ (%S+)') == hash and 'replayed' or 'reused' end
end
if redis.call('HGET', session, 'openRoundId') ~= roundId then return 'closed' end
if structure ~= '' and redis.call('HGET', session, 'structure') ~= structure then return 'closed' end
if redis.call('SISMEMBER', voters, participantId) == 0 then return 'closed' end

local revision = redis.call('HINCRBY', session, 'revision', 1)
-- The event of the same vote of before goes from the log; the row, which is JSON, has its revision last.
local before = redis.call('HGET', votes, field)
local replaced = before and string.match(before, ',"revision":(%d+)}$')
if replaced then redis.call('XDEL', events, replaced .. '-0') end
if row == '' then
  redis.call('HDEL', votes, field)
  -- A retraction before this one of the same vote goes, too: it is the same but for its time.
  local function timeless(json) return (string.gsub(json, '"at":"[^"]*"', '', 1)) end
  local same = timeless(event)
  local from = '(' .. math.max(revision - tonumber(looked), 0) .. '-0'
  for _, entry in ipairs(redis.call('XREVRANGE', events, '+', from)) do
    if timeless(entry[2][2]) == same then redis.call('XDEL', events, entry[1]) end
  end
else
  redis.call('HSET', votes, field, string.sub(row, 1, -2) .. ',"revision":' .. revision .. '}')
end
if request then redis.call('HSET', requests, request, value) end
redis.call('XADD', events, revision .. '-0', 'event', event)
redis.call('PUBLISH', 'tally_session', sessionId)
return revision
