// The minimal example of the package's README, with its handler for the event that is measured.
import { createServer } from "node:http";
import { createNodeMiddleware, Webhooks } from "@octokit/webhooks";
import { announce, endWithParent } from "./process.mjs";

endWithParent();
const webhooks = new Webhooks({ secret: process.env.WEBHOOK_SECRET });
webhooks.on("workflow_run", () => {});

createServer(createNodeMiddleware(webhooks)).listen(Number(process.env.PORT), "127.0.0.1", announce);
