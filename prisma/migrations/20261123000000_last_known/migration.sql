-- Why a write-back stands where it stands, for programs; of those before, as far as their words tell.
ALTER TABLE "estimate" ADD COLUMN     "reason_code" TEXT;
UPDATE "estimate" SET "reason_code" = CASE
    WHEN "state" = 'CONFLICT' THEN 'VALUE_CHANGED'
    WHEN "state" = 'NOT_NEEDED' AND "reason" = 'The value in Jira was kept.' THEN 'VALUE_KEPT'
    WHEN "state" = 'NOT_NEEDED' THEN 'IMPORTED'
    WHEN "state" = 'FAILED' AND "reason" LIKE 'Not sent: %' THEN 'NOT_SENT'
    WHEN "state" = 'FAILED' THEN 'REFUSED'
    ELSE 'JIRA_UNAVAILABLE'
  END
  WHERE "reason" IS NOT NULL;

-- What Jira held, by track and with its time; until now it was the story points, seen at an unknown moment after the session began.
ALTER TABLE "item" ADD COLUMN     "seen_at" TIMESTAMPTZ(3);
UPDATE "item" SET "seen_at" = "session"."created_at" FROM "session" WHERE "session"."id" = "session_id" AND "issue_key" IS NOT NULL;
ALTER TABLE "item" ALTER COLUMN "seen_in_jira" TYPE JSONB
  USING CASE WHEN "issue_key" IS NULL THEN '{}' ELSE jsonb_build_object('estimate', "seen_in_jira") END;
ALTER TABLE "item" ALTER COLUMN "seen_in_jira" SET NOT NULL;

-- What a retry is told.
ALTER TABLE "request" ADD COLUMN     "answer" JSONB;

-- A round keeps the policy that it was opened with.
ALTER TABLE "round" ADD COLUMN     "policy" TEXT;
UPDATE "round" SET "policy" = "session"."settings"->>'policy' FROM "session" WHERE "session"."id" = "session_id";
ALTER TABLE "round" ALTER COLUMN "policy" SET NOT NULL;
