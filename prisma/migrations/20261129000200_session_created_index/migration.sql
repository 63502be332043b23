-- CreateIndex
CREATE INDEX CONCURRENTLY "session_created_at_idx" ON "session"("created_at");
