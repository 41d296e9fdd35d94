using TokenLedger.Application.Budgets;
using TokenLedger.Application.Configuration;
using TokenLedger.Domain.Budgets;
using TokenLedger.Hosting.Tests.Served;
using TokenLedger.Hosting.Tests.Serving;
using TokenLedger.Ingestion.Prices;

namespace TokenLedger.Hosting.Tests.Gate;

/// <summary><c>tokenledger serve</c> with a key and five budgets of which nothing is spent.</summary>
public sealed class GateLedger : IAsyncLifetime
{
    /// <summary>Hard, 100 USD.</summary>
    public const string Roomy = "roomy";

    /// <summary>Hard, 1 USD.</summary>
    public const string Small = "small";

    /// <summary>Hard, 1 USD, for jobs that a warning stops.</summary>
    public const string Strict = "strict";

    /// <summary>Hard, 1 USD, for those who ask about one run twice.</summary>
    public const string Once = "once";

    /// <summary>100 USD, never evaluated, and denied while that is so.</summary>
    public const string Unknown = "unknown";

    private const long NanoCreditsOfUsd = 100_000_000_000;

    private readonly ServedLedger ledger = new();
    private ServeProcess? process;

    public Uri Address { get; private set; } = new("http://127.0.0.1");

    public async ValueTask InitializeAsync()
    {
        Budget[] evaluated = [Of(Roomy, 100), Of(Small, 1), Of(Strict, 1), Of(Once, 1)];
        await ledger.StoreAsync(storage => new EvaluateBudgets(
            storage.Store, storage.Days, storage.Records, PriceBookReader.Shipped(),
            new LedgerConfiguration { Budgets = evaluated }, TimeProvider.System)
            .ExecuteAsync([], CancellationToken.None));
        var variables = new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["TokenLedger__Serve__ApiKey"] = GateStep.Key,
            ["TokenLedger__GitHub__WebhookSecrets__0"] = ServedLedger.Secret,
        };
        Configure(variables, 0, Roomy, 100);
        Configure(variables, 1, Small, 1);
        Configure(variables, 2, Once, 1);
        Configure(variables, 3, Strict, 1);
        Configure(variables, 4, Unknown, 100);
        variables["TokenLedger__Budgets__4__WhenIncomplete"] = "deny";
        process = new ServeProcess(ledger.Ledger, variables, "--urls", "http://127.0.0.1:0");
        Address = await process.ListeningAsync();
    }

    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        await ledger.DisposeAsync();
    }

    private static Budget Of(string name, int usd) => new()
    {
        Name = name, Period = BudgetPeriodKind.Month, LimitNanoCredits = usd * NanoCreditsOfUsd,
    };

    private static void Configure(Dictionary<string, string> variables, int at, string name, int usd)
    {
        var section = $"TokenLedger__Budgets__{at}__";
        variables[section + "Name"] = name;
        variables[section + "Period"] = "month";
        variables[section + "AmountUsd"] = $"{usd}";
        variables[section + "Enforcement"] = "hard";
    }
}
