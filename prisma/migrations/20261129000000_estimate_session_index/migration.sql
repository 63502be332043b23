-- CreateIndex
CREATE INDEX CONCURRENTLY "estimate_session_id_idx" ON "estimate"("session_id");
