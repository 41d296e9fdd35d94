export function announce() {
  console.log(`listening on http://127.0.0.1:${process.env.PORT}`);
}

// Standard input closes also when the parent is killed.
export function endWithParent() {
  process.stdin.resume();
  process.stdin.on("end", () => process.exit(0));
  process.stdin.on("error", () => process.exit(0));
}
