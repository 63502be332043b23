-- What a paused timer has left.
ALTER TABLE "round" ADD COLUMN "timer_left_seconds" INTEGER;
