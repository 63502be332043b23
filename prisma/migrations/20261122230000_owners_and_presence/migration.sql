-- AlterTable
ALTER TABLE "session" ADD COLUMN     "owner_subject" TEXT;

-- CreateTable
CREATE TABLE "presence" (
    "participant_id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "since" TIMESTAMPTZ(3) NOT NULL,
    "seen_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "presence_pkey" PRIMARY KEY ("participant_id")
);

-- CreateIndex
CREATE INDEX "presence_session_id_idx" ON "presence"("session_id");

-- CreateIndex
CREATE INDEX "presence_seen_at_idx" ON "presence"("seen_at");

-- CreateIndex
CREATE INDEX "session_owner_subject_created_at_idx" ON "session"("owner_subject", "created_at");

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_participant_id_fkey" FOREIGN KEY ("participant_id") REFERENCES "participant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "presence" ADD CONSTRAINT "presence_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- Settings that sessions of before do not have.
UPDATE "session" SET "settings" = '{"successionSeconds": 120, "isLocked": false}'::jsonb || "settings";
