-- What each event changed, so that whoever knows an older state reads only what came since.
ALTER TABLE "event" ADD COLUMN     "delta" JSONB,
ADD COLUMN     "track" TEXT;
