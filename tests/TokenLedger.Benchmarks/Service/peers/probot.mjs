// A Probot app of one handler, started by Probot's own `run`; HOST, PORT, WEBHOOK_SECRET and LOG_LEVEL are its variables.
import { generateKeyPairSync } from "node:crypto";
import { run } from "probot";
import { announce, endWithParent } from "./process.mjs";

endWithParent();

// Probot does not start without a key. Nothing is signed with this one: the handler asks GitHub nothing.
const { privateKey } = generateKeyPairSync("rsa", {
  modulusLength: 2048,
  publicKeyEncoding: { type: "spki", format: "pem" },
  privateKeyEncoding: { type: "pkcs8", format: "pem" },
});
await run(
  (app) => {
    app.on("workflow_run", () => {});
  },
  { env: { ...process.env, APP_ID: "1", PRIVATE_KEY: privateKey } },
);
announce();
