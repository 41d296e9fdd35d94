// Runs Azurite with the given arguments until standard input closes, which also happens when the parent is killed.
process.stdin.resume();
process.stdin.on("end", () => process.exit(0));
process.stdin.on("error", () => process.exit(0));
require("azurite/dist/src/azurite.js");
