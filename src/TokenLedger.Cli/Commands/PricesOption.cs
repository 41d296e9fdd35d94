using System.CommandLine;

namespace TokenLedger.Cli.Commands;

/// <summary>The price file that several commands take.</summary>
internal static class PricesOption
{
    public static Option<string?> Create() =>
        CommonOptions.Text(
            "--prices", "FILE",
            "Prices that win over those that ship, model by model (tokenledger/prices/v1).");
}
