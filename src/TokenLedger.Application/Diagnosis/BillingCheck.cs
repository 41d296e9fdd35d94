using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Which billing endpoints each source's credential reaches, and why not.</summary>
public sealed class BillingCheck(
    IProviderProbe probe, IEnumerable<IBillingSource> providers, LedgerConfiguration configuration, TimeProvider time)
    : ICheck
{
    private const string NothingReached = "TL1049";

    // The newest day whose bill is there wherever bills are there at all.
    private const int FinishedDaysAgo = 2;

    private readonly BillOfOthers others = new(providers);

    /// <inheritdoc/>
    public string Name => "Billing";

    /// <inheritdoc/>
    public async Task<IReadOnlyList<CheckResult>> RunAsync(CancellationToken cancellation)
    {
        var day = DateOnly.FromDateTime(time.GetUtcNow().UtcDateTime).AddDays(-FinishedDaysAgo);
        var results = new List<CheckResult>();
        foreach (var source in configuration.Sources)
        {
            if (!string.Equals(source.Kind, BillingAccount.GitHub, StringComparison.Ordinal))
            {
                results.AddRange(await others.LookAsync(Name, source, day, cancellation));
            }
            else if (source.Token is not null)
            {
                results.AddRange(await OfSourceAsync(source, day, cancellation));
            }
            else
            {
                results.Add(CheckResult.Skipped(
                    Name, source.Name, "Not asked: the source has no token.", FileWay(source)));
            }
        }

        return results.Count > 0 ? results : [CheckResult.Skipped(Name, "sources", "No source is configured.")];
    }

    private async Task<IEnumerable<CheckResult>> OfSourceAsync(
        SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        var probes = await probe.ProbeBillingAsync(source, day, cancellation);
        if (probes.All(item => item.Answer.IsOfSilentHost))
            return [ProbeTrouble.Of(Name, source.Name, probes[0].Answer)!, NothingReachedOf(source)];
        var basis = probes.FirstOrDefault(item => item.IsPolled);
        var wantsEnterprise = source.Account.Kind == BillingAccountKind.Organization
            && !probes.Any(item => item.Answer.IsAnswered)
            && probes.Any(item => item.Answer.Outcome == ProbeOutcome.NotFound);
        var enterprise = wantsEnterprise ? await probe.FindEnterpriseAsync(source, cancellation) : null;
        var kind = CredentialKinds.Of(source.Token!);
        var results = probes
            .Select(item => ResultOf(source, item, basis, kind, enterprise))
            .ToList();
        if (!probes.Any(item => item.Answer.IsAnswered))
        {
            results.Add(NothingReachedOf(source));
        }

        return results;
    }

    private CheckResult NothingReachedOf(SourceConfiguration source) => CheckResult.Warning(
        Name, source.Name, NothingReached, "No billing endpoint answers this credential.", FileWay(source));

    private CheckResult ResultOf(
        SourceConfiguration source, EndpointProbe item, EndpointProbe? basis, CredentialKind kind, string? enterprise)
    {
        var subject = $"{source.Account.Name} {item.Endpoint}";
        if (item.Answer.IsAnswered)
        {
            return CheckResult.Ok(
                Name, subject, item.IsPolled ? "Answered: it is polled." : "Answered; it is not polled.");
        }

        var isReached = basis is { Answer.IsAnswered: true };
        var cause = ProbeTrouble.Of(Name, subject, item.Answer) ?? (
            isReached && item.Answer.Outcome == ProbeOutcome.NotFound
                ? BillingCause.OfOneView(Name, subject, source, item.Answer)
                : BillingCause.Of(Name, subject, source, item.Answer, kind, enterprise));
        if (item == basis || cause.State == CheckState.Skipped)
            return cause;
        // What the service does not ask for is told, and keeps nobody from going on.
        if (!item.IsPolled)
            return cause with { State = isReached || basis is null ? CheckState.Skipped : CheckState.Warning };
        // The service goes on without a view that only checks, and raises an alert for it.
        return cause with
        {
            State = CheckState.Warning,
            Fix = isReached
                ? $"{cause.Fix} Or leave the view out with Views: the money is reached without it."
                : cause.Fix,
        };
    }

    private static string FileWay(SourceConfiguration source)
    {
        var name = source.Account.Name;
        var (who, account) = source.Account.Kind switch
        {
            BillingAccountKind.Enterprise => ("an owner or billing manager", $"--enterprise {name}"),
            BillingAccountKind.User => (name, $"--user {name}"),
            _ => ("an owner or billing manager", $"--org {name}"),
        };
        return $"Without any credential: have {who} download the AI usage report (Billing › Usage), and "
            + $"'tokenledger import-billing FILE {account}'.";
    }
}
