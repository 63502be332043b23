-- Who asked to be let in.
ALTER TABLE "session" ADD COLUMN     "waiting" JSONB NOT NULL DEFAULT '[]';
