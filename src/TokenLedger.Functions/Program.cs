using System.Runtime.InteropServices;
using TokenLedger.Functions;

// The host restarts the process for every exit code but 0, after which the app would stay without a handler.
using var stop = new CancellationTokenSource();
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context =>
{
    context.Cancel = true;
    stop.Cancel();
});
return await FunctionsHandler.RunAsync(
    Environment.GetEnvironmentVariables()
        .Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(pair => (string)pair.Key, pair => (string?)pair.Value ?? "", StringComparer.Ordinal),
    Console.Error,
    TimeProvider.System,
    stop.Token);
