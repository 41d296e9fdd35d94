# Publishes the Functions handler for linux-x64 and packs it, as eng/pack-functions does.
$ErrorActionPreference = 'Stop'
Set-Location (Join-Path $PSScriptRoot '..')

$published = Join-Path $PWD 'artifacts/functions-published'
if (Test-Path $published) { Remove-Item -Recurse -Force $published }
dotnet publish src/TokenLedger.Functions -p:PublishProfile=linux-x64 "-p:PublishDir=$published/"
if ($LASTEXITCODE -ne 0) { exit $LASTEXITCODE }
dotnet run --project eng/packing --configuration Release -- `
  $published src/TokenLedger.Functions/functions host.json artifacts/functions artifacts/functions.zip
exit $LASTEXITCODE
