using TokenLedger.Application.Configuration;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Diagnosis;

/// <summary>Whether the bill of a provider other than GitHub is shown: it is asked for as the poll asks.</summary>
internal sealed class BillOfOthers(IEnumerable<IBillingSource> providers)
{
    private const string Refused = "TL1052";

    public async Task<IReadOnlyList<CheckResult>> LookAsync(
        string name, SourceConfiguration source, DateOnly day, CancellationToken cancellation)
    {
        var polled = providers
            .Where(provider => string.Equals(provider.Kind, source.Kind, StringComparison.Ordinal))
            .ToList();
        var files = $"tokenledger import-billing FILE --org {source.Account.Name}";
        if (polled.Count == 0)
        {
            return [CheckResult.Skipped(
                name, source.Name, $"Bills of {source.Kind} are not polled: they come as files.",
                $"tokenledger import-billing FILE (FOCUS of {source.Kind})")];
        }

        if (source.Token is null)
            return [CheckResult.Skipped(name, source.Name, "Not asked: the source has no token.", files)];
        var results = new List<CheckResult>();
        foreach (var provider in polled)
        {
            if (!source.Asks(provider.View) || !provider.Covers(source, day))
            {
                results.Add(CheckResult.Skipped(
                    name, $"{source.Name} {BillViewName.Of(provider.View)}",
                    "Not asked: the source's Views leave it out.", files));
                continue;
            }

            var answer = await provider.FetchAsync(source, day, cancellation);
            results.Add(ResultOf(name, $"{source.Name} {BillViewName.Of(provider.View)}", answer.Refusal, files));
        }

        return results;
    }

    private static CheckResult ResultOf(string name, string subject, ProviderRefusal? refusal, string files)
    {
        if (refusal is null)
            return CheckResult.Ok(name, subject, "Answered: it is polled.");
        var fix = refusal.NeedsMending
            ? $"Mend what is said. Meanwhile bills come in with '{files}'."
            : "Run this again later.";
        return refusal.NeedsMending
            ? CheckResult.Problem(name, subject, Refused, refusal.Message, fix)
            : CheckResult.Warning(name, subject, Refused, refusal.Message, fix);
    }
}
