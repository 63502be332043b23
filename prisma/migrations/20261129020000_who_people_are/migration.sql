-- AlterTable
ALTER TABLE "participant" ADD COLUMN     "is_successor" BOOLEAN NOT NULL DEFAULT false,
ADD COLUMN     "subject" TEXT;

-- CreateTable
CREATE TABLE "credential" (
    "session_id" TEXT NOT NULL,
    "id" TEXT NOT NULL,
    "kind" TEXT NOT NULL,
    "participant_id" TEXT NOT NULL,
    "secret_hash" TEXT NOT NULL,
    "previous_hash" TEXT,
    "rotation_hash" TEXT,
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "used_at" TIMESTAMPTZ(3) NOT NULL,
    "expires_at" TIMESTAMPTZ(3),

    CONSTRAINT "credential_pkey" PRIMARY KEY ("session_id","id")
);

-- AddForeignKey
ALTER TABLE "credential" ADD CONSTRAINT "credential_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- The participant who created an owned session is its owner.
UPDATE "participant" SET "subject" = "session"."owner_subject" FROM "session"
WHERE "session"."id" = "participant"."session_id" AND "session"."owner_subject" IS NOT NULL
  AND "participant"."id" = (
    SELECT "first"."id" FROM "participant" "first" WHERE "first"."session_id" = "session"."id" ORDER BY "first"."joined_at", "first"."id" COLLATE "C" LIMIT 1);

-- Settings that sessions of before do not have.
UPDATE "session" SET "settings" = '{"succession": "VOTERS", "successors": []}'::jsonb || "settings";
