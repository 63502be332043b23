-- CreateTable
CREATE TABLE "session" (
    "id" TEXT NOT NULL,
    "title" TEXT NOT NULL,
    "state" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "structure" INTEGER NOT NULL,
    "invite_code" TEXT NOT NULL,
    "deck" JSONB NOT NULL,
    "settings" JSONB NOT NULL,
    "tracks" JSONB NOT NULL,
    "open_round_id" TEXT,
    "open_round_voters" TEXT[],
    "created_at" TIMESTAMPTZ(3) NOT NULL,
    "closed_at" TIMESTAMPTZ(3),

    CONSTRAINT "session_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "participant" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "name" TEXT NOT NULL,
    "role" TEXT NOT NULL,
    "discipline" TEXT,
    "facilitator_rank" INTEGER,
    "joined_at" TIMESTAMPTZ(3) NOT NULL,
    "left_at" TIMESTAMPTZ(3),

    CONSTRAINT "participant_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "item" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "position" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "issue_key" TEXT,
    "topic" TEXT,
    "seen_in_jira" DOUBLE PRECISION,

    CONSTRAINT "item_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "round" (
    "id" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "number" INTEGER NOT NULL,
    "state" TEXT NOT NULL,
    "deck" JSONB NOT NULL,
    "roster" TEXT[],
    "opened_at" TIMESTAMPTZ(3) NOT NULL,
    "reveals_at" TIMESTAMPTZ(3),
    "deadline_at" TIMESTAMPTZ(3),
    "revealed_at" TIMESTAMPTZ(3),
    "settled_at" TIMESTAMPTZ(3),

    CONSTRAINT "round_pkey" PRIMARY KEY ("id")
);

-- CreateTable
CREATE TABLE "vote" (
    "round_id" TEXT NOT NULL,
    "participant_id" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "card" TEXT NOT NULL,
    "cast_at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "vote_pkey" PRIMARY KEY ("round_id","participant_id","track")
);

-- CreateTable
CREATE TABLE "estimate" (
    "round_id" TEXT NOT NULL,
    "track" TEXT NOT NULL,
    "session_id" TEXT NOT NULL,
    "item_id" TEXT NOT NULL,
    "issue_key" TEXT,
    "value" DOUBLE PRECISION NOT NULL,
    "settled_at" TIMESTAMPTZ(3) NOT NULL,
    "state" TEXT NOT NULL,
    "attempts" INTEGER NOT NULL,
    "next_attempt_at" TIMESTAMPTZ(3) NOT NULL,
    "leased_until" TIMESTAMPTZ(3),
    "reason" TEXT,
    "value_in_jira" DOUBLE PRECISION,
    "written_at" TIMESTAMPTZ(3),

    CONSTRAINT "estimate_pkey" PRIMARY KEY ("round_id","track")
);

-- CreateTable
CREATE TABLE "event" (
    "session_id" TEXT NOT NULL,
    "revision" INTEGER NOT NULL,
    "type" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,
    "actor_id" TEXT,
    "item_id" TEXT,
    "round_id" TEXT,
    "participant_id" TEXT,

    CONSTRAINT "event_pkey" PRIMARY KEY ("session_id","revision")
);

-- CreateTable
CREATE TABLE "request" (
    "session_id" TEXT NOT NULL,
    "actor_id" TEXT NOT NULL,
    "mutation" TEXT NOT NULL,
    "request_id" TEXT NOT NULL,
    "input_hash" TEXT NOT NULL,
    "at" TIMESTAMPTZ(3) NOT NULL,

    CONSTRAINT "request_pkey" PRIMARY KEY ("session_id","actor_id","mutation","request_id")
);

-- CreateIndex
CREATE UNIQUE INDEX "session_invite_code_key" ON "session"("invite_code");

-- CreateIndex
CREATE INDEX "participant_session_id_idx" ON "participant"("session_id");

-- CreateIndex
CREATE INDEX "item_session_id_position_idx" ON "item"("session_id", "position");

-- CreateIndex
CREATE UNIQUE INDEX "item_session_id_issue_key_key" ON "item"("session_id", "issue_key");

-- CreateIndex
CREATE INDEX "round_session_id_idx" ON "round"("session_id");

-- CreateIndex
CREATE INDEX "round_reveals_at_idx" ON "round"("reveals_at");

-- CreateIndex
CREATE UNIQUE INDEX "round_item_id_number_key" ON "round"("item_id", "number");

-- CreateIndex
CREATE INDEX "estimate_state_next_attempt_at_idx" ON "estimate"("state", "next_attempt_at");

-- CreateIndex
CREATE INDEX "estimate_issue_key_track_settled_at_idx" ON "estimate"("issue_key", "track", "settled_at");

-- CreateIndex
CREATE INDEX "request_at_idx" ON "request"("at");

-- AddForeignKey
ALTER TABLE "participant" ADD CONSTRAINT "participant_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "item" ADD CONSTRAINT "item_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "round" ADD CONSTRAINT "round_item_id_fkey" FOREIGN KEY ("item_id") REFERENCES "item"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "vote" ADD CONSTRAINT "vote_participant_id_fkey" FOREIGN KEY ("participant_id") REFERENCES "participant"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimate" ADD CONSTRAINT "estimate_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "estimate" ADD CONSTRAINT "estimate_round_id_fkey" FOREIGN KEY ("round_id") REFERENCES "round"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "event" ADD CONSTRAINT "event_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;

-- AddForeignKey
ALTER TABLE "request" ADD CONSTRAINT "request_session_id_fkey" FOREIGN KEY ("session_id") REFERENCES "session"("id") ON DELETE CASCADE ON UPDATE CASCADE;
