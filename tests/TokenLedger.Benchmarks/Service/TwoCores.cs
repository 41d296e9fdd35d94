using System.Diagnostics;

namespace TokenLedger.Benchmarks.Service;

/// <summary>Where all of it runs: this process and every process that it starts from now on.</summary>
internal static class TwoCores
{
    public static void Bind()
    {
        if (!OperatingSystem.IsLinux())
            return;
        using var self = Process.GetCurrentProcess();
        var allowed = (ulong)self.ProcessorAffinity;
        var first = allowed & (~allowed + 1);
        var rest = allowed & ~first;
        self.ProcessorAffinity = (nint)(first | (rest & (~rest + 1)));
    }
}
