using System.Globalization;
using System.Text.Json;
using TokenLedger.Application.Ports;

namespace TokenLedger.Providers.GitHub.Probing;

/// <summary>Reads what GitHub says of an App; what is missing or odd is left out.</summary>
internal static class AppJson
{
    public static string? Text(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;

    public static IReadOnlyList<string>? Texts(JsonElement item, string name) =>
        item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array
            ? [.. value.EnumerateArray()
                .Where(text => text.ValueKind == JsonValueKind.String)
                .Select(text => text.GetString()!)]
            : null;

    public static IReadOnlyDictionary<string, string> Permissions(JsonElement item)
    {
        var found = new Dictionary<string, string>(StringComparer.Ordinal);
        if (!item.TryGetProperty("permissions"u8, out var list) || list.ValueKind != JsonValueKind.Object)
            return found;
        foreach (var permission in list.EnumerateObject()
            .Where(permission => permission.Value.ValueKind == JsonValueKind.String))
            found[permission.Name] = permission.Value.GetString()!;
        return found;
    }

    public static InstallationProbe? Installation(JsonElement item)
    {
        if (!item.TryGetProperty("id"u8, out var id) || !id.TryGetInt64(out var number))
            return null;
        var login = item.TryGetProperty("account"u8, out var account) && account.ValueKind == JsonValueKind.Object
            ? Text(account, "login") ?? Text(account, "slug")
            : null;
        return new InstallationProbe(
            number,
            login ?? string.Create(CultureInfo.InvariantCulture, $"installation {number}"),
            Text(item, "suspended_at") is not null,
            string.Equals(Text(item, "repository_selection"), "selected", StringComparison.Ordinal),
            Permissions(item),
            Token: null);
    }

    public static HookProbe Hook(JsonElement item) => new(
        Text(item, "url") is { Length: > 0 } url ? url : null,
        string.Equals(Text(item, "content_type"), "json", StringComparison.Ordinal),
        item.TryGetProperty("insecure_ssl"u8, out var insecure) && IsOne(insecure));

    /// <summary>Deliveries, newest first as GitHub lists them; those sent again share their guid.</summary>
    public static DeliveriesProbe Deliveries(JsonElement list)
    {
        var items = list.EnumerateArray().Where(item => item.ValueKind == JsonValueKind.Object).ToList();
        var lost = items
            .GroupBy(item => Text(item, "guid") ?? "", StringComparer.Ordinal)
            .Where(attempts => !attempts.Any(IsDelivered))
            .Select(attempts => attempts.First())
            .ToList();
        return new DeliveriesProbe(
            items.Count, lost.Count,
            lost.Count == 0 ? null : StatusOf(lost[0]),
            items.Select(item => Text(item, "delivered_at")).OfType<string>().Select(TimeOf).Max());
    }

    private static bool IsDelivered(JsonElement item) =>
        string.Equals(Text(item, "status"), "OK", StringComparison.OrdinalIgnoreCase);

    private static string StatusOf(JsonElement item) =>
        item.TryGetProperty("status_code"u8, out var code) && code.TryGetInt32(out var number) && number > 0
            ? number.ToString(CultureInfo.InvariantCulture)
            : "no answer";

    private static DateTimeOffset? TimeOf(string text) => DateTimeOffset.TryParse(
        text, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time) ? time : null;

    // Documented as a text or a number.
    private static bool IsOne(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.TryGetInt32(out var number) && number == 1,
        JsonValueKind.String => string.Equals(value.GetString(), "1", StringComparison.Ordinal),
        _ => false,
    };
}
