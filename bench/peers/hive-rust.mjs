process.on("disconnect", () => process.exit());
import { unifiedGraphHandler } from '@graphql-hive/router-runtime';
import { serve } from './hive.mjs';

process.send((await serve({ unifiedGraphHandler })).url);
