using System.Runtime.InteropServices;
using System.Text;
using TokenLedger.Cli;

// UTF-8 without a mark, whatever the system's code page: results are piped and compared.
Console.OutputEncoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false);
using var stop = new CancellationTokenSource();
void Stop(PosixSignalContext context)
{
    context.Cancel = true;
    stop.Cancel();
}

using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
return await CliApplication.InvokeAsync(
    args, Console.Out, Console.Error, TimeProvider.System, CliEnvironment.OfProcess(), stop.Token);
