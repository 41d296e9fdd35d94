using System.Globalization;

namespace TokenLedger.Benchmarks;

/// <summary>The few options of a benchmark: whole numbers under a name, in any place.</summary>
internal static class Options
{
    public static int Number(string[] args, string name, int fallback)
    {
        var at = Array.IndexOf(args, name);
        return at >= 0 && at + 1 < args.Length
            ? int.Parse(args[at + 1], NumberStyles.None, CultureInfo.InvariantCulture)
            : fallback;
    }
}
