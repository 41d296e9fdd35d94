using System.Globalization;
using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Providers.Tests.Polling;

/// <summary>A provider that says what a test wants.</summary>
internal sealed class ScriptedBills(TimeProvider time, BillView view = BillView.AiCreditUsage) : IBillingSource
{
    public string Kind => "github";

    public BillView View => view;

    /// <summary>Which days there are.</summary>
    public Func<DateOnly, bool> HasDay { get; set; } = _ => true;

    /// <summary>What a day costs.</summary>
    public int Questions { get; set; } = 1;

    /// <summary>The days asked for, in order.</summary>
    public List<(string Account, DateOnly Day)> Asked { get; } = [];

    /// <summary>Credits billed by organisation and day; a day not named has an empty bill.</summary>
    public Dictionary<(string Organization, DateOnly Day), decimal> Credits { get; } = [];

    /// <summary>What is refused.</summary>
    public Func<string, DateOnly, ProviderRefusal?> Refuse { get; set; } = (_, _) => null;

    /// <summary>The body in place of a bill; null for a bill.</summary>
    public string? Body { get; set; }

    public bool Covers(SourceConfiguration source, DateOnly day) => HasDay(day);

    public int QuestionsFor(SourceConfiguration source) => Questions;

    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        var name = source.Organization!;
        Asked.Add((name, day));
        if (Refuse(name, day) is { } refusal)
            return Task.FromResult(new BillAnswer([], refusal) { Questions = Questions });
        var items = Credits.TryGetValue((name, day), out var credits)
            ? string.Create(CultureInfo.InvariantCulture,
                $$"""{"product":"Copilot","sku":"Copilot AI Credits","model":"Claude Sonnet 5","unitType":"ai-credits","pricePerUnit":0.01,"grossQuantity":{{credits}},"grossAmount":{{credits / 100}},"discountQuantity":0,"discountAmount":0,"netQuantity":{{credits}},"netAmount":{{credits / 100}}}""")
            : "";
        var body = Body ?? $$$"""
            {"timePeriod":{"year":{{{day.Year}}},"month":{{{day.Month}}},"day":{{{day.Day}}}},"organization":"{{{name}}}","usageItems":[{{{items}}}]}
            """;
        var url = $"https://api.example/organizations/{name}/settings/billing/{(view == BillView.Usage ? "usage" : "ai_credit/usage")}"
            + $"?year={day.Year}&month={day.Month}&day={day.Day}";
        var now = time.GetUtcNow();
        var content = $$"""{"url":"{{url}}","requestedAt":"{{now:O}}","response":{{body}}}""";
        return Task.FromResult(new BillAnswer(
            [new BillDocument($"{name}-{view}-{day:yyyy-MM-dd}.json", Encoding.UTF8.GetBytes(content), now)], null)
        {
            Questions = Questions,
        });
    }
}
