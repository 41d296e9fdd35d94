using System.Globalization;
using System.Text.Json.Nodes;
using TokenLedger.Testing.GitHub.Serving;

namespace TokenLedger.Testing.GitHub.Limits;

/// <summary>What one credential may ask in a window that begins with its first request.</summary>
internal sealed class CredentialBudget(int limit, TimeSpan window)
{
    private readonly Lock entry = new();
    private DateTimeOffset? resetsAt;
    private int used;

    /// <summary>Counts a request; false for one too many, which GitHub does not count.</summary>
    public bool TrySpend(DateTimeOffset now)
    {
        lock (entry)
        {
            Renew(now);
            if (used >= limit)
                return false;
            used++;
            return true;
        }
    }

    public void Describe(ApiAnswer answer)
    {
        lock (entry)
        {
            answer.With("x-ratelimit-limit", Text(limit))
                .With("x-ratelimit-remaining", Text(limit - used))
                .With("x-ratelimit-used", Text(used))
                .With("x-ratelimit-reset", Text(resetsAt!.Value.ToUnixTimeSeconds()))
                .With("x-ratelimit-resource", "core");
        }
    }

    public JsonObject Json(DateTimeOffset now)
    {
        lock (entry)
        {
            Renew(now);
            return new JsonObject
            {
                ["limit"] = limit,
                ["used"] = used,
                ["remaining"] = limit - used,
                ["reset"] = resetsAt!.Value.ToUnixTimeSeconds(),
            };
        }
    }

    // The header has whole seconds: a window that began within one ends with a whole one.
    private void Renew(DateTimeOffset now)
    {
        if (resetsAt is { } reset && now < reset)
            return;
        resetsAt = DateTimeOffset.FromUnixTimeSeconds((now + window).ToUnixTimeSeconds());
        used = 0;
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
