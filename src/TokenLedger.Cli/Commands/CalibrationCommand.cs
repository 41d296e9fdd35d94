using System.CommandLine;
using TokenLedger.Application.Explaining;
using TokenLedger.Application.Reports;
using TokenLedger.Domain.Calibration;

namespace TokenLedger.Cli.Commands;

/// <summary><c>tokenledger calibration</c>.</summary>
internal static class CalibrationCommand
{
    public const string Example = "tokenledger calibration --org acme --to 2026-10-01";

    // A year of days is more than any price lasts.
    private const int DaysMax = 366;

    private static readonly ScopeOptions Scope = new();
    private static readonly Option<DateOnly?> To =
        CommonOptions.Day("--to", "The last UTC day, exclusive (default: today).");
    private static readonly Option<long?> Days = DaysOption();
    private static readonly Option<CalibrationShow> Show = new("--show")
    {
        Description = "factors or days: which of the two tables CSV and JSON hold (default: factors).",
        HelpName = "WHAT",
        CustomParser = result => CommonOptions.ParseName<CalibrationShow>(result),
    };

    private static readonly Option<string?> Prices = PricesOption.Create();

    public static Command Create(CliHost host)
    {
        var command = new Command("calibration", "Learn from settled days what estimates will be billed at.")
        {
            To, Days, Show, Prices,
        };
        Scope.AddTo(command);
        return command.Bind(host, ExecuteAsync);
    }

    /// <summary>How many days teach.</summary>
    public static Option<long?> DaysOption() =>
        CommonOptions.Number("--days", "N", $"How many days before teach (default: {CalibrationBook.DaysBack}).");

    /// <exception cref="CommandFailedException">More days than a year.</exception>
    public static int DaysOf(ParseResult parse, Option<long?> option) => parse.GetValue(option) switch
    {
        null => CalibrationBook.DaysBack,
        > DaysMax => throw CommandFailedException.WrongUsage($"--days: at most {DaysMax}."),
        var days => (int)days.Value,
    };

    private static async Task<int> ExecuteAsync(CommandContext context)
    {
        var parse = context.Parse;
        var scope = Scope.Of(parse);
        var now = context.Host.Time.GetUtcNow();
        var to = parse.GetValue(To) ?? DateOnly.FromDateTime(now.UtcDateTime);
        var days = DaysOf(parse, Days);
        var prices = context.ReadPrices(Prices);
        await using var ledger = await context.OpenExistingLedgerAsync();
        var report = await new ReadCalibration(ledger.Store, ledger.Days, prices, context.Configuration)
            .ExecuteAsync(scope, to, days, now, context.Cancellation)
            ?? throw ScopeOptions.Nothing(scope, to.AddDays(-Math.Min(days, to.DayNumber)), to);
        var main = parse.GetValue(Show) == CalibrationShow.Days
            ? CalibrationTables.Days(report) : CalibrationTables.Factors(report);
        context.Results.Tables(
            "tokenledger/calibration/v1", main, [CalibrationTables.Factors(report), CalibrationTables.Days(report)]);
        return ExitCode.Done;
    }
}
