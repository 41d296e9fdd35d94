using System.CommandLine;

namespace TokenLedger.Cli.Commands;

/// <summary>The price file that several commands take.</summary>
internal static class PricesOption
{
    public static Option<string?> Create() =>
        CommonOptions.Text("--prices", "FILE", "A price file instead of the one that ships (tokenledger/prices/v1).");
}
