-- Which fields of Jira took an estimate of ours, by project: before the first one people see the field's name. In the order of characters, as every store lists them.
CREATE TABLE "written_field" (
    "project_key" TEXT COLLATE "C" NOT NULL,
    "field_id" TEXT COLLATE "C" NOT NULL,

    CONSTRAINT "written_field_pkey" PRIMARY KEY ("project_key", "field_id")
);
