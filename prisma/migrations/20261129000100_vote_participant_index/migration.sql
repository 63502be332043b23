-- CreateIndex
CREATE INDEX CONCURRENTLY "vote_participant_id_idx" ON "vote"("participant_id");
