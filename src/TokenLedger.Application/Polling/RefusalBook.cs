using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Ports;
using TokenLedger.Domain.Charges;

namespace TokenLedger.Application.Polling;

/// <summary>Tells which days of which views a provider refused, and why. It changes nothing.</summary>
/// <remarks>Marks are called <c>poll/{account}/{view}/{day}</c>.</remarks>
public sealed class RefusalBook(ICheckpoints checkpoints)
{
    private const string Prefix = "poll/";

    /// <summary>The refusals of an account that stand, in order of view and day.</summary>
    public async Task<IReadOnlyList<RememberedRefusal>> ReadAsync(
        BillingAccount account, CancellationToken cancellation)
    {
        ArgumentNullException.ThrowIfNull(account);
        var marks = await ReadMarksAsync(account, cancellation);
        return [.. marks.Select(mark => mark.Refusal).OfType<RememberedRefusal>()];
    }

    /// <summary>Every mark of the account; without a refusal where it is of an earlier version.</summary>
    internal async Task<List<(string Name, RememberedRefusal? Refusal)>> ReadMarksAsync(
        BillingAccount account, CancellationToken cancellation)
    {
        var marks = new List<(string, RememberedRefusal?)>();
        var prefix = PrefixOf(account);
        await foreach (var checkpoint in checkpoints.ReadAsync(prefix, cancellation))
        {
            // An account's own name may hold a slash, and then be another one's prefix.
            var parts = checkpoint.Name[prefix.Length..].Split('/');
            if (parts.Length > 2 || !TryReadDay(parts[^1], out var day))
                continue;
            if (parts.Length == 1)
                marks.Add((checkpoint.Name, null));
            else if (Parse(checkpoint, parts[0], day) is { } refusal)
                marks.Add((checkpoint.Name, refusal));
        }

        return marks;
    }

    /// <summary>The names of marks of views that are none of these.</summary>
    internal async Task<IReadOnlyList<string>> ReadOthersAsync(
        IReadOnlyCollection<ViewKey> views, CancellationToken cancellation)
    {
        var known = views.Select(PrefixOf).ToHashSet(StringComparer.Ordinal);
        return await checkpoints.ReadAsync(Prefix, cancellation)
            .Select(mark => mark.Name)
            .Where(name => name.LastIndexOf('/') + 1 is var at
                && TryReadDay(name[at..], out _) && !known.Contains(name[..at]))
            .ToListAsync(cancellation);
    }

    internal static string NameOf(ViewKey view, DateOnly day) => PrefixOf(view) + Text(day);

    internal static string Text(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    internal static bool TryReadDay(string text, out DateOnly day) => DateOnly.TryParseExact(
        text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out day);

    private static RememberedRefusal? Parse(Checkpoint checkpoint, string viewName, DateOnly day)
    {
        var parts = viewName.Split(';', 2);
        if (!Enum.TryParse<BillView>(parts[0], out var view))
            return null;
        try
        {
            return JsonSerializer.Deserialize(checkpoint.Value, PollingJson.Default.RefusalMark) is { } mark
                ? new RememberedRefusal(
                    view, parts.Length == 1 ? "" : Uri.UnescapeDataString(parts[1]), day, checkpoint.At, mark.Code,
                    mark.Message, mark.RetryAt, mark.IsOfAccount)
                : null;
        }
        catch (JsonException)
        {
            // Somebody else's mark: the day is asked for again.
            return null;
        }
    }

    private static string PrefixOf(ViewKey view) => PrefixOf(view.Account) + view.Name + "/";

    private static string PrefixOf(BillingAccount account) => $"{Prefix}{account.Key}/";
}
