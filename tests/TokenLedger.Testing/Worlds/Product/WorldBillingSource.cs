using System.Text;
using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;
using TokenLedger.Testing.Worlds.Faults;
using TokenLedger.Testing.Worlds.Simulation;
using TokenLedger.Testing.Worlds.Views;

namespace TokenLedger.Testing.Worlds.Product;

/// <summary>The provider of a world: raw answers of <c>ai_credit/usage</c>, and refusals when it misbehaves.</summary>
public sealed class WorldBillingSource(World world, WorldJournal journal, TimeProvider time) : IBillingSource
{
    private static readonly TimeSpan RateLimit = TimeSpan.FromHours(2);
    private static readonly ProviderRefusal Overloaded =
        new(ProviderRefusal.Unavailable, "HTTP 503.", TimeSpan.FromHours(20));

    /// <inheritdoc/>
    public string Kind => BillingAccount.GitHub;

    /// <inheritdoc/>
    public BillView View => BillView.AiCreditUsage;

    /// <inheritdoc/>
    public Task<BillAnswer> FetchAsync(SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var account = source.Account;
        var isNested = world.Plan.Wallet.IsEnterprise && account.Kind == BillingAccountKind.Organization;
        var scope = new ViewScope(world, isNested ? source.Organization : null);
        var fault = world.Faults.At(now, day, isNested);
        journal.Add(new WorldQuestion(account, day, now, fault));
        if (day == world.Plan.UnreadableDay)
            return Task.FromResult(new BillAnswer([], Overloaded));
        if (fault is { } kind && RefusalOf(kind) is { } refusal)
            return Task.FromResult(new BillAnswer([], refusal));

        var text = Answers.AiCredit(scope, day, now);
        var isComplete = true;
        if (fault == FaultKind.Page)
            text = text with { Content = "<!DOCTYPE html><title>Sign in</title>"u8.ToArray() };
        else if (fault == FaultKind.BadAmount && text.Rows > 0)
        {
            text = WithBadAmount(text);
            isComplete = false;
        }

        if (fault != FaultKind.Page)
        {
            journal.Add(new WorldLook(
                account, View, day, now, text.Figures, text.Rows == 0, isComplete));
        }

        return Task.FromResult(new BillAnswer(
            [new BillDocument($"{account.Name}-{BillFigures.Day(day)}.json", text.Content, now)], null));
    }

    private static ProviderRefusal? RefusalOf(FaultKind fault) => fault switch
    {
        FaultKind.Unauthorized => new ProviderRefusal(ProviderRefusal.Unauthorized, "HTTP 401.", null),
        FaultKind.Forbidden => new ProviderRefusal(ProviderRefusal.Forbidden, "HTTP 403.", null),
        FaultKind.NotFound => new ProviderRefusal(ProviderRefusal.NotFound, "HTTP 404.", null),
        FaultKind.RateLimited => new ProviderRefusal(ProviderRefusal.RateLimited, "HTTP 429.", RateLimit),
        FaultKind.RateLimitedUnsaid => new ProviderRefusal(ProviderRefusal.RateLimited, "HTTP 429.", null),
        FaultKind.Failed => new ProviderRefusal(ProviderRefusal.Unavailable, "HTTP 500.", null),
        FaultKind.CutOff => new ProviderRefusal(ProviderRefusal.CutOff, "The answer ended early.", null),
        _ => null,
    };

    private static BillText WithBadAmount(BillText text)
    {
        const string Name = "\"grossAmount\":";
        var content = Encoding.UTF8.GetString(text.Content.Span);
        var from = content.LastIndexOf(Name, StringComparison.Ordinal) + Name.Length;
        var to = content.IndexOf(',', from);
        var broken = string.Concat(content.AsSpan(0, from), "\"n/a\"", content.AsSpan(to));
        return new BillText(Encoding.UTF8.GetBytes(broken), text.Figures + " broken", text.Rows);
    }
}
