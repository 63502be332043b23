process.on("disconnect", () => process.exit());
import { serve } from './hive.mjs';

process.send((await serve()).url);
